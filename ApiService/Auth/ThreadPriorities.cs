using System.Runtime.InteropServices;

namespace Trading.ApiService.Auth;

/// <summary>Makes a thread yield to others. .NET's priorities do nothing on Linux; the system's nice value does.</summary>
internal static partial class ThreadPriorities
{
    private const int OfProcess = 0;
    private const int ThisThread = 0;
    private const int Nice = 15;

    public static void LowerOfThisThread()
    {
        if (OperatingSystem.IsLinux())
        {
            // A nice value belongs to one thread there. Where it is refused, the work is as urgent as any other.
            _ = SetPriority(OfProcess, ThisThread, Nice);
            return;
        }

        Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetPriority(int kind, int id, int priority);
}
