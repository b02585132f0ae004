using Trading.Contracts;

namespace Trading.Web.Instruments;

/// <summary>How well an instrument matches what was typed: lower is better, null is not at all.</summary>
internal static class SearchRank
{
    public static int? Of(InstrumentResponse instrument, string text)
    {
        var typed = text.Trim();
        if (instrument.Ticker.Equals(typed, StringComparison.OrdinalIgnoreCase))
        {
            return 0;
        }

        if (instrument.Ticker.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
        {
            return 1;
        }

        if (instrument.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
        {
            return 2;
        }

        if (instrument.Name.Contains($" {typed}", StringComparison.OrdinalIgnoreCase))
        {
            return 3;
        }

        var contained = instrument.Ticker.Contains(typed, StringComparison.OrdinalIgnoreCase)
            || instrument.Name.Contains(typed, StringComparison.OrdinalIgnoreCase);
        return contained ? 4 : null;
    }
}
