using Trading.Domain.Market;
using Trading.PricingWorker.Providers;
using Trading.PricingWorker.Providers.Live;
using Trading.PricingWorker.Sources;

namespace Trading.Tests.Unit.Providers;

/// <summary>What of the providers' quotes is published, and when a quote is stale.</summary>
public sealed class LiveQuotesTests
{
    private static readonly DateTime _noon = new(2026, 3, 2, 17, 0, 0, DateTimeKind.Utc);

    private readonly LiveQuotes _quotes = new(staleAfter: TimeSpan.FromSeconds(60));
    private readonly List<string> _published = [];

    public LiveQuotesTests()
    {
        foreach (var ticker in new[] { "A", "B" })
        {
            Exchange.TryFind("XNAS", out var nasdaq);
            var session = new Bar(nasdaq!.CloseOf(new(2026, 2, 27)), 9, 11, 8, 10, 1000);
            _quotes.Add(new QuoteStart(ProviderHost.Instrument(ticker), 9.5, session, 1000), nasdaq);
        }
    }

    [Fact]
    public void Quotes_are_published_once_and_at_the_time_when_they_were_made()
    {
        Confirm("A", 10.5, _noon.AddSeconds(-3), _noon);
        Confirm("B", 20.5, _noon.AddSeconds(-1), _noon);

        Assert.Equal(["16:59:57 A 10.5", "16:59:59 B 20.5"], Publish(_noon));
        Confirm("A", 10.5, _noon.AddSeconds(-3), _noon.AddSeconds(15));
        Assert.Empty(Publish(_noon.AddSeconds(15)));
        Confirm("A", 10.6, _noon.AddSeconds(14), _noon.AddSeconds(15));
        Assert.Equal(["17:00:14 A 10.6"], Publish(_noon.AddSeconds(15)));
    }

    [Fact]
    public void An_older_quote_than_the_one_known_is_not_published()
    {
        Confirm("A", 10.5, _noon, _noon);
        Publish(_noon);

        Confirm("A", 9.9, _noon.AddSeconds(-30), _noon.AddSeconds(1));

        Assert.Empty(Publish(_noon.AddSeconds(1)));
    }

    [Fact]
    public void A_quote_that_no_provider_confirms_is_flagged_stale_with_its_time_and_fresh_again_afterwards()
    {
        Confirm("A", 10.5, _noon, _noon);
        Publish(_noon);

        Assert.Empty(Publish(_noon.AddSeconds(60)));
        Assert.Equal(["17:00:00 A 10.5 stale"], Publish(_noon.AddSeconds(61)));
        Assert.Equal(1, _quotes.Stale);
        Assert.Empty(Publish(_noon.AddSeconds(70)));

        Confirm("A", 10.5, _noon, _noon.AddSeconds(71));
        Assert.Equal(["17:00:00 A 10.5"], Publish(_noon.AddSeconds(71)));
        Assert.Equal(0, _quotes.Stale);
    }

    [Fact]
    public void A_quote_whose_provider_is_late_is_stale_at_once()
    {
        Confirm("A", 10.5, _noon.AddHours(-1), _noon, isLate: true);

        Assert.Equal(["16:00:00 A 10.5 stale"], Publish(_noon));
    }

    [Fact]
    public void What_was_never_quoted_is_not_stale()
    {
        Assert.Empty(Publish(_noon.AddDays(1)));
        Assert.Equal(2, _quotes.UnconfirmedSince(_noon).Count);
    }

    [Fact]
    public void What_a_worker_before_left_is_stale_where_nobody_confirms_it_here()
    {
        Left("A", 10.5, _noon.AddSeconds(-20), stale: false);

        Assert.Empty(Publish(_noon));
        Assert.Contains(_quotes.UnconfirmedSince(_noon), instrument => instrument.Ticker == "A");
        Assert.Empty(Publish(_noon.AddSeconds(60)));
        Assert.Equal(["16:59:40 A 10.5 stale"], Publish(_noon.AddSeconds(61)));
        Assert.Equal(1, _quotes.Stale);

        Confirm("A", 10.6, _noon.AddSeconds(62), _noon.AddSeconds(62));
        Assert.Equal(["17:01:02 A 10.6"], Publish(_noon.AddSeconds(62)));
    }

    [Fact]
    public void What_a_worker_before_left_as_stale_stays_so_until_it_is_confirmed_and_is_published_then()
    {
        Left("A", 10.5, _noon.AddHours(-1), stale: true);

        Assert.Empty(Publish(_noon));
        Assert.Equal(1, _quotes.Stale);

        Confirm("A", 10.5, _noon.AddHours(-1), _noon.AddSeconds(15));
        Assert.Equal(["16:00:00 A 10.5"], Publish(_noon.AddSeconds(15)));
        Assert.Equal(0, _quotes.Stale);
    }

    [Fact]
    public void An_older_quote_than_the_one_a_worker_before_left_is_not_published()
    {
        Left("A", 10.5, _noon, stale: false);

        Confirm("A", 9.9, _noon.AddSeconds(-30), _noon.AddSeconds(1));

        Assert.Equal(["17:00:00 A 10.5"], Publish(_noon.AddSeconds(1)));
    }

    [Fact]
    public void The_close_before_is_the_stored_one_where_the_provider_does_not_tell_it()
    {
        var quotes = new List<Quote>();
        var outlet = new QuoteOutlet((_, _, _, published) => quotes.AddRange(published));
        outlet.Resize(2);

        // The Monday after the stored Friday, and for B that Friday itself.
        Confirm("A", 10.5, _noon, _noon, previousClose: double.NaN);
        Confirm("B", 10.5, _noon.AddDays(-3), _noon, previousClose: double.NaN);
        _quotes.Publish(_noon, outlet);

        Assert.Equal([("B", 9.5), ("A", 10)], quotes.Select(quote => (quote.Ticker, quote.PreviousClose)));
    }

    private void Left(string ticker, double price, DateTime made, bool stale)
    {
        Exchange.TryFind("XNAS", out var nasdaq);
        var session = new Bar(nasdaq!.CloseOf(new(2026, 2, 27)), 9, 11, 8, 10, 1000);
        var start = new QuoteStart(ProviderHost.Instrument(ticker), 9.5, session, 1000)
        {
            Last = new PublishedQuote(new Quote(ticker, price, 10, 10, 30, 5, 100), made, stale),
        };
        _quotes.Add(start, nasdaq);
    }

    private void Confirm(
        string ticker, double price, DateTime made, DateTime now, bool isLate = false, double previousClose = 10) =>
        _quotes.Confirm(
            new SourcedQuote(
                new ProvidedQuote(new Quote(ticker, price, previousClose, 10, 30, 5, 100), made, IsTrading: true),
                ProviderName.Yahoo,
                isLate),
            now);

    private string[] Publish(DateTime utc)
    {
        _published.Clear();
        var outlet = new QuoteOutlet((time, source, stale, quotes) =>
        {
            Assert.Equal(BarSource.Live, source);
            foreach (var quote in quotes)
            {
                _published.Add(FormattableString.Invariant($"{time:HH:mm:ss} {quote.Ticker} {quote.Price}{(stale ? " stale" : "")}"));
            }
        });
        outlet.Resize(2);
        _quotes.Publish(utc, outlet);
        return [.. _published];
    }
}
