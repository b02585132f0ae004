using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Trading.Domain.Backtesting;

/// <summary>Tells whether two backtests saw the same data.</summary>
public static class DataVersion
{
    /// <summary>
    /// The first 128 bits of the SHA-256 hash over tickers, bars and dividends, in hexadecimal; the same on machines of
    /// the same byte order.
    /// </summary>
    /// <param name="instruments">The instruments, in their order.</param>
    public static string Of(IEnumerable<BacktestInstrument> instruments)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var instrument in instruments)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{instrument.Ticker}\n{instrument.History.Count}\n"));
            var history = instrument.History;
            hash.AppendData(MemoryMarshal.AsBytes(history.Times.Span));
            foreach (var column in new[] { history.Open, history.High, history.Low, history.Close, history.Volume })
            {
                hash.AppendData(MemoryMarshal.AsBytes(column.Span));
            }

            foreach (var dividend in instrument.Dividends)
            {
                hash.AppendData(Encoding.UTF8.GetBytes(
                    string.Create(CultureInfo.InvariantCulture, $"{dividend.ExDate:O} {dividend.Amount}\n")));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }
}
