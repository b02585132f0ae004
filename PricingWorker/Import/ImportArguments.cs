using System.Diagnostics.CodeAnalysis;
using Trading.Domain.Market;

namespace Trading.PricingWorker.Import;

/// <summary>What was asked for on the command line.</summary>
internal sealed record ImportArguments(
    IReadOnlyList<string> Files, Exchange Exchange, string? Connection, string? ReportPath)
{
    public const string Usage =
        """
        Usage: import FILE... [--exchange CODE] [--report FILE] [--connection STRING]

        Loads daily bars, splits and dividends, or names and sectors from CSV files, plain or .gz.
        What a file holds is found from its header; see docs/import.md.

          --exchange CODE      where new instruments are listed (default XNYS)
          --report FILE        write every row that was not stored, with its line and reason, as CSV
          --connection STRING  the database (default: ConnectionStrings__tradingdb)
        """;

    /// <returns>False with what is wrong; an empty text where help was asked for.</returns>
    public static bool TryParse(
        IReadOnlyList<string> args, [NotNullWhen(true)] out ImportArguments? arguments, out string error)
    {
        var files = new List<string>();
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        arguments = null;
        error = Collect(args, files, options);
        if (error.Length > 0 || args.Any(arg => arg is "-h" or "--help"))
        {
            return false;
        }

        var code = options.GetValueOrDefault("--exchange", Exchange.All[0].Code).ToUpperInvariant();
        if (!Exchange.TryFind(code, out var exchange))
        {
            error = $"Unknown exchange {code}; known: {string.Join(", ", Exchange.All.Select(known => known.Code))}.";
            return false;
        }

        error = files.Count == 0 ? "Name at least one file." : string.Empty;
        arguments = new ImportArguments(
            files, exchange, options.GetValueOrDefault("--connection"), options.GetValueOrDefault("--report"));
        return files.Count > 0;
    }

    private static string Collect(IReadOnlyList<string> args, List<string> files, Dictionary<string, string> options)
    {
        for (var i = 0; i < args.Count; i++)
        {
            var arg = args[i];
            if (!arg.StartsWith('-'))
            {
                files.Add(arg);
            }
            else if (arg is "--exchange" or "--connection" or "--report")
            {
                if (++i == args.Count)
                {
                    return $"{arg} needs a value.";
                }

                options[arg] = args[i];
            }
            else if (arg is not ("-h" or "--help"))
            {
                return $"Unknown option {arg}.";
            }
        }

        return string.Empty;
    }
}
