using System.Runtime.InteropServices;

namespace Trading.Standalone.Hosting;

/// <summary>Signals, which .NET's Process cannot send but for SIGKILL.</summary>
internal static partial class ProcessSignals
{
    public const int Interrupt = 2;
    public const int Terminate = 15;

    public static void Send(int processId, int signal) => _ = Kill(processId, signal);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint EffectiveUser();

    public static bool IsRoot => EffectiveUser() == 0;
}
