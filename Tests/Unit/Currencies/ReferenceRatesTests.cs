using System.Globalization;
using Trading.Domain.Currencies;

namespace Trading.Tests.Unit.Currencies;

/// <summary>Conversions against lines of the Central Bank's file, and against the Federal Reserve.</summary>
public sealed class ReferenceRatesTests
{
    private static readonly Lazy<ReferenceRates> _rates = new(() => new ReferenceRates(EcbFile.Read()));

    // Lines of the file: 2026-03-13 USD 1.1476 JPY 182.85 GBP 0.86503 CHF 0.9034; 2015-01-14 and -15 CHF 1.201, 1.028.
    [Theory]
    [InlineData(100, "EUR", "USD", "2026-03-13", 114.76)]
    [InlineData(114.76, "USD", "EUR", "2026-03-13", 100)]
    [InlineData(1.1476, "USD", "CHF", "2026-03-13", 0.9034)]
    [InlineData(182.85, "JPY", "GBP", "2026-03-13", 0.86503)]
    [InlineData(86503, "GBp", "USD", "2026-03-13", 1147.6)]
    [InlineData(1147.6, "usd", "GBX", "2026-03-13", 86503)]
    [InlineData(12.01, "CHF", "EUR", "2015-01-14", 10)]
    [InlineData(10.28, "CHF", "EUR", "2015-01-15", 10)]
    [InlineData(250, "GBp", "GBP", "2026-03-13", 2.5)]
    public void Amounts_are_converted_by_way_of_the_euro(
        double amount, string from, string to, string date, double expected)
    {
        var converted = Convert((decimal)amount, from, to, date);

        Assert.Equal((decimal)expected, converted.Amount, 12);
        Assert.Equal((decimal)expected, (decimal)amount * converted.Rate, 9);
        Assert.False(converted.IsCarried);
    }

    // Friday's rates on Sunday; over Easter 2026 those of Thursday, 2 April, until Monday.
    [Theory]
    [InlineData("2026-03-15", "2026-03-13", 2)]
    [InlineData("2026-04-06", "2026-04-02", 4)]
    [InlineData("2026-03-16", "2026-03-16", 0)]
    public void A_day_without_a_rate_has_that_of_the_last_day_before_it_and_says_so(
        string date, string rateDate, int days)
    {
        var converted = Convert(1, "USD", "CHF", date);

        Assert.Equal(Date(rateDate), converted.RateDate);
        Assert.Equal((days, days > 0), (converted.From.Days, converted.IsCarried));
        Assert.Equal(Convert(1, "USD", "CHF", rateDate).Amount, converted.Amount);
    }

    // The krona's last rate for ten years was 290 of 2008-12-09; the file says N/A from the 10th on.
    [Fact]
    public void A_currency_that_is_not_quoted_is_carried_for_so_many_days_and_not_longer()
    {
        var last = Convert(290, "ISK", "EUR", "2008-12-16");
        var refused = Assert.Throws<RateUnavailableException>(() => Convert(290, "ISK", "EUR", "2008-12-17"));

        Assert.Equal((1m, 7, true), (last.Amount, last.From.Days, last.IsCarried));
        Assert.Equal(("ISK", Date("2008-12-09")), (refused.Currency, refused.Newest));
        Assert.Contains("2008-12-09", refused.Message, StringComparison.Ordinal);
        Assert.Null(Assert.Throws<RateUnavailableException>(() => Convert(1, "XAU", "EUR", "2026-03-13")).Newest);
        Assert.Null(Assert.Throws<RateUnavailableException>(() => Convert(1, "USD", "EUR", "1998-12-31")).Newest);
    }

    // Of two rates the older one counts: the dollar is of the day, the krona three days old.
    [Fact]
    public void Where_one_of_two_is_carried_the_answer_is()
    {
        var converted = Convert(290, "ISK", "USD", "2008-12-12");

        Assert.Equal((Date("2008-12-09"), true), (converted.RateDate, converted.IsCarried));
        Assert.Equal((3, 0), (converted.From.Days, converted.To.Days));
        Assert.Equal(1.334m, converted.Amount, 12);
    }

    // Monthly means of the Federal Reserve's H.10, units for one dollar: noon in New York against 14:15 in Frankfurt.
    [Theory]
    [InlineData("Switzerland", "CHF")]
    [InlineData("Japan", "JPY")]
    [InlineData("United Kingdom", "GBP")]
    [InlineData("Canada", "CAD")]
    [InlineData("Sweden", "SEK")]
    [InlineData("Norway", "NOK")]
    [InlineData("South Africa", "ZAR")]
    [InlineData("Euro", "EUR")]
    public void Monthly_means_are_those_of_the_Federal_Reserve(string country, string currency)
    {
        var months = File.ReadLines(SharedData.PathOf("fx/us-fed-monthly.csv")).Skip(1)
            .Select(line => line.Split(',')).Where(row => row[1] == country)
            .Select(row => (Month: Date(row[0]), Rate: double.Parse(row[2], CultureInfo.InvariantCulture)))
            .Where(row => row.Month >= new DateOnly(2000, 1, 1) && row.Month <= new DateOnly(2026, 3, 1)).ToList();

        Assert.Equal(315, months.Count);
        Assert.All(months, month => Assert.Equal(1, MeanOf(currency, month.Month) / month.Rate, 0.01));
    }

    [Theory]
    [InlineData("GBp", "GBP", 0.01)]
    [InlineData("gbx", "GBP", 0.01)]
    [InlineData("gbp", "GBP", 1)]
    [InlineData("ZAc", "ZAR", 0.01)]
    [InlineData(" chf ", "CHF", 1)]
    public void Case_tells_pence_from_pounds(string text, string currency, double size)
    {
        Assert.True(CurrencyUnit.TryParse(text, out var unit));
        Assert.Equal(new CurrencyUnit(currency, (decimal)size), unit);
    }

    [Theory]
    [InlineData("")]
    [InlineData("EURO")]
    [InlineData("U5D")]
    [InlineData(null)]
    public void What_is_no_code_is_no_currency(string? text) => Assert.False(CurrencyUnit.TryParse(text, out _));

    private static double MeanOf(string currency, DateOnly month)
    {
        var days = Trading.Domain.Calendars.TradingCalendar.Target.Sessions(month, month.AddMonths(1).AddDays(-1)).ToArray();
        return days.Average(day => (double)_rates.Value.Convert(1, new("USD", 1), new(currency, 1), day).Amount);
    }

    private static ConvertedAmount Convert(decimal amount, string from, string to, string date)
    {
        Assert.True(CurrencyUnit.TryParse(from, out var source));
        Assert.True(CurrencyUnit.TryParse(to, out var target));
        return _rates.Value.Convert(amount, source, target, Date(date));
    }

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
