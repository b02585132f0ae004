using System.Globalization;
using System.Runtime.InteropServices;

namespace Trading.Benchmarks.Reporting;

/// <summary>Says what the figures were measured on.</summary>
internal static class Machine
{
    private const string ProcessorFacts = "/proc/cpuinfo";

    public static string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Environment.ProcessorCount} x {Processor()}, {Memory():0} GB, {RuntimeInformation.OSDescription}, .NET {Environment.Version}");

    private static string Processor() => File.Exists(ProcessorFacts)
        && File.ReadLines(ProcessorFacts).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            is { } line
            ? line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            : RuntimeInformation.ProcessArchitecture.ToString();

    private static double Memory() => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30);
}
