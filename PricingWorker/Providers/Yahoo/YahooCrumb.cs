using System.Text;
using Trading.PricingWorker.Providers.Http;

namespace Trading.PricingWorker.Providers.Yahoo;

/// <summary>
/// The word that quotes are given for, which goes with a cookie: both are fetched when quotes are refused without.
/// </summary>
internal sealed class YahooCrumb(ProviderHttp http, YahooOptions options) : IDisposable
{
    private const int Longest = 64;

    private readonly SemaphoreSlim _once = new(1);
    private string? _crumb;

    public string? Known => Volatile.Read(ref _crumb);

    /// <summary>Another than the one that was refused; of many that ask at once, one fetches it.</summary>
    public async Task<string> RenewAsync(string? refused, CancellationToken cancellationToken)
    {
        await _once.WaitAsync(cancellationToken);
        try
        {
            if (_crumb is { } known && known != refused)
            {
                return known;
            }

            await TakeCookieAsync(cancellationToken);
            var crumb = await http.GetAsync(
                "crumb", new Uri(options.Url, "/v1/test/getcrumb"), ReadAsync, cancellationToken);
            Volatile.Write(ref _crumb, crumb);
            return crumb;
        }
        finally
        {
            _once.Release();
        }
    }

    public void Dispose() => _once.Dispose();

    // The page is an error, whose headers bring the cookie.
    private async Task TakeCookieAsync(CancellationToken cancellationToken)
    {
        try
        {
            await http.GetAsync("cookie", options.CookieUrl, (_, _) => Task.FromResult(true), cancellationToken);
        }
        catch (ProviderException error) when (error.Kind is FailureKind.NotFound)
        {
            // That is how it answers.
        }
    }

    private static async Task<string> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        var text = new byte[Longest + 1];
        var length = await body.ReadAtLeastAsync(text, text.Length, throwOnEndOfStream: false, cancellationToken);
        var crumb = Encoding.UTF8.GetString(text, 0, length).Trim();
        return crumb.Length is > 0 and <= Longest && !crumb.Any(char.IsWhiteSpace) && !crumb.Contains('<')
            ? crumb
            : throw ProviderException.Invalid("The answer is no crumb.");
    }
}
