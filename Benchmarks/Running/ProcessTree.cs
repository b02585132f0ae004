using System.Globalization;

namespace Trading.Benchmarks.Running;

/// <summary>Processes as /proc shows them.</summary>
internal static class ProcessTree
{
    // Linux gives user programs times in hundredths of a second, whatever the kernel's own clock.
    private const double TicksPerSecond = 100;

    // Fields of /proc/PID/stat after the name, which is the second and may hold blanks; see proc(5).
    private const int Parent = 1;
    private const int UserTime = 11;
    private const int SystemTime = 12;
    private const int StartTime = 19;

    /// <summary>CPU time of a process and of all that it has started and still run.</summary>
    public static double CpuSeconds(int processId) =>
        Of(processId).Sum(process => Fields(process.Id) is { } fields
            ? (Number(fields, UserTime) + Number(fields, SystemTime)) / TicksPerSecond
            : 0);

    /// <summary>A process and its descendants.</summary>
    public static IReadOnlyList<ProcessIdentity> Of(int root)
    {
        var all = Directory.GetDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0)
            .Select(id => (Id: id, Fields: Fields(id)))
            .Where(process => process.Fields is not null)
            .ToLookup(process => (int)Number(process.Fields!, Parent), process => process.Id);
        var found = new List<ProcessIdentity>();
        var open = new Stack<int>([root]);
        while (open.TryPop(out var id))
        {
            if (Fields(id) is { } fields)
            {
                found.Add(new ProcessIdentity(id, Number(fields, StartTime)));
            }

            foreach (var child in all[id])
            {
                open.Push(child);
            }
        }

        return found;
    }

    /// <summary>False also where the number now belongs to another process.</summary>
    public static bool IsRunning(ProcessIdentity process) =>
        Fields(process.Id) is { } fields && fields[0] != "Z" && Number(fields, StartTime) == process.StartTime;

    private static long Number(string[] fields, int index) => long.Parse(fields[index], CultureInfo.InvariantCulture);

    private static string[]? Fields(int id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
