using System.Diagnostics.CodeAnalysis;
using Trading.Data.Import;
using Trading.Domain.CorporateActions;
using Trading.Domain.Market;

namespace Trading.PricingWorker.Import;

/// <summary>What was asked for on the command line.</summary>
internal sealed record ImportArguments(
    IReadOnlyList<string> Files, ImportOptions Options, string? Connection, string? ReportPath)
{
    public const string Usage =
        """
        Usage: import FILE... [--exchange CODE] [--ticker TICKER] [--prices KIND] [--report FILE] [--connection STRING]

        Loads daily bars, splits and dividends, names and sectors, or rates of currencies from CSV files, plain or .gz.
        What a file holds is found from its header; see docs/import.md.

          --exchange CODE      where new instruments are listed (default XNYS)
          --ticker TICKER      whose rows they are, for one file that does not say so itself
          --prices KIND        raw, split-adjusted or total-adjusted (default: found out from the splits)
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

        var asked = options.GetValueOrDefault("--ticker");
        string? ticker = null;
        if (asked is not null && !Ticker.TryNormalize(asked, out ticker))
        {
            error = $"{asked} is no ticker: 1 to 24 of A-Z 0-9 . - / ^ =";
            return false;
        }

        if (!TryReadPrices(options.GetValueOrDefault("--prices"), out var prices))
        {
            error = "--prices is raw, split-adjusted or total-adjusted.";
            return false;
        }

        error = files.Count == 0 ? "Name at least one file."
            : ticker is not null && files.Count > 1 ? "With --ticker, name one file."
            : string.Empty;
        arguments = new ImportArguments(
            files,
            new ImportOptions(exchange, ticker, prices),
            options.GetValueOrDefault("--connection"),
            options.GetValueOrDefault("--report"));
        return error.Length == 0;
    }

    private static bool TryReadPrices(string? text, out PriceAdjustment? prices)
    {
        (var isRead, prices) = text switch
        {
            null => (true, (PriceAdjustment?)null),
            "raw" => (true, PriceAdjustment.None),
            "split-adjusted" => (true, PriceAdjustment.Split),
            "total-adjusted" => (true, PriceAdjustment.Total),
            _ => (false, null),
        };
        return isRead;
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
            else if (arg is "--exchange" or "--ticker" or "--prices" or "--connection" or "--report")
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
