using System.Runtime.InteropServices;

namespace Trading.Benchmarks.Running;

/// <summary>Signals, which .NET's Process cannot send but for SIGKILL.</summary>
internal static partial class Signals
{
    public const int Interrupt = 2;
    public const int Terminate = 15;

    public static void Send(int processId, int signal) => _ = Kill(processId, signal);

    /// <summary>What Ctrl-C in a terminal does: every process of the group gets it.</summary>
    public static void SendToGroup(int leader, int signal) => _ = Kill(-leader, signal);

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int processId, int signal);
}
