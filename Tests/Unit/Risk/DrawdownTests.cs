using System.Globalization;
using System.Text.Json;
using Trading.Domain.Risk;

namespace Trading.Tests.Unit.Risk;

/// <summary>
/// Against pyfolio's drawdown table, whose duration counts business days where ours counts actual ones, and Lean's days
/// of recovery. Lean's annual performance compounds the mean of daily returns: ours is the growth by actual days.
/// </summary>
public sealed class DrawdownTests
{
    private static readonly DateTime _start = new(2000, 1, 3, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void The_table_is_that_of_pyfolio()
    {
        using var vector = Vector("pyfolio-drawdown-table.json");
        foreach (var example in vector.RootElement.GetProperty("cases").EnumerateArray())
        {
            var equity = Numbers(example.GetProperty("prices"));
            var top = example.GetProperty("top").GetInt32();

            var table = DrawdownTable.Deepest(equity[0], Times(equity.Length), equity, top);

            var rows = example.GetProperty("expected").EnumerateArray().ToArray();
            Assert.Equal(rows.Length, table.Count);
            Assert.All(rows.Zip(table), pair => Assert.Equal(
                (Text(pair.First, "peak"), Text(pair.First, "valley"), Text(pair.First, "recovery")),
                (Date(pair.Second.Peak), Date(pair.Second.Valley), Date(pair.Second.Recovery))));
        }
    }

    [Fact]
    public void The_longest_recovery_is_that_of_lean()
    {
        using var vector = Vector("lean-return-risk-cases.json");
        var cases = vector.RootElement.GetProperty("drawdownRecoveryDays").GetProperty("cases");
        Assert.Equal(6, cases.GetArrayLength());
        Assert.All(cases.EnumerateArray(), example =>
        {
            var equity = Numbers(example.GetProperty("equity"));
            var table = DrawdownTable.Deepest(equity[0], Times(equity.Length), equity, 10);
            var recovered = table.Where(fall => fall.Recovery is not null);
            var longest = recovered.Select(fall => fall.Days).DefaultIfEmpty().Max();
            Assert.Equal(example.GetProperty("expected").GetInt32(), longest);
        });
    }

    [Fact]
    public void The_deepest_come_first_and_of_equals_the_earlier()
    {
        double[] equity = [100, 90, 100, 80, 100, 90, 100, 50, 75];

        var table = DrawdownTable.Deepest(100, Times(equity.Length), equity, 3);

        Assert.Equal([-0.5, -0.2, -0.1], table.Select(fall => Math.Round(fall.Depth, 12)));
        Assert.Equal(_start, table[2].Peak);
        Assert.Null(table[0].Recovery);
        Assert.Equal(2, table[0].Days);
        Assert.Equal((-0.5, 100), DrawdownTable.Maximum(100, equity));
    }

    [Fact]
    public void Losing_from_the_start_is_a_drawdown()
    {
        Assert.Equal((-0.25, 100), DrawdownTable.Maximum(100, [75, 90]));
    }

    private static JsonDocument Vector(string name) =>
        JsonDocument.Parse(File.ReadAllText(SharedData.PathOf("vectors/performance/" + name)));

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetDouble())];

    private static DateTime[] Times(int count) => [.. Enumerable.Range(0, count).Select(day => _start.AddDays(day))];

    private static string? Text(JsonElement row, string name) => row.GetProperty(name).GetString();

    private static string? Date(DateTime? time) => time?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
