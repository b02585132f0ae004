using System.Globalization;
using Trading.Domain.Market;
using Trading.Tests.Worker;

namespace Trading.Tests.Integration;

/// <summary>Bars that were stored while every session was taken to close at the regular time of today.</summary>
[Collection(SystemTests.Name)]
public sealed class SessionCloseTests(TradingSystem system)
{
    // The day after Thanksgiving closed at 13:00 in New York, Tokyo at 15:00 until 2024-11-01 and at 11:00 on 2008-12-30.
    [Theory]
    [InlineData("XNYS", "2013-11-27", "2013-11-27T21:00Z", "2013-11-27T21:00Z")]
    [InlineData("XNYS", "2013-11-29", "2013-11-29T21:00Z", "2013-11-29T18:00Z")]
    [InlineData("XLON", "2024-12-24", "2024-12-24T16:30Z", "2024-12-24T12:30Z")]
    [InlineData("XTKS", "2024-11-01", "2024-11-01T06:30Z", "2024-11-01T06:00Z")]
    [InlineData("XTKS", "2024-11-05", "2024-11-05T06:30Z", "2024-11-05T06:30Z")]
    [InlineData("XTKS", "2008-12-30", "2008-12-30T06:30Z", "2008-12-30T02:00Z")]
    [InlineData("XETR", "2001-06-15", "2001-06-15T15:30Z", "2001-06-15T18:00Z")]
    public async Task Stored_bars_are_moved_to_the_close_of_their_session_and_importing_again_changes_nothing(
        string exchange, string session, string before, string after)
    {
        await using var database = await ScratchDatabase.CreateAsync(system);
        var line = $"OLD,{session},10,11,9,10.5,1000";
        Assert.Equal(1, (await database.ImportAtAsync(exchange, line)).Stored);
        Assert.Equal(Utc(after), await TimeAsync(database));

        await database.MigrateToAsync("Experiments");
        Assert.Equal(Utc(before), await TimeAsync(database));

        await database.MigrateToAsync(null);
        Assert.Equal(Utc(after), await TimeAsync(database));

        var again = await database.ImportAtAsync(exchange, line);
        Assert.Equal((0, 0, 1), (again.Stored, again.Updated, again.Unchanged));
        Assert.Equal(Utc(after), await TimeAsync(database));
    }

    private static async Task<DateTime> TimeAsync(ScratchDatabase database) =>
        Assert.Single(await database.BarsAsync("OLD", BarInterval.OneDay)).Bar.Time;

    private static DateTime Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).UtcDateTime;
}
