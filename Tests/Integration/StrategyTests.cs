using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Trading.Contracts;

namespace Trading.Tests.Integration;

[Collection(SystemTests.Name)]
public sealed class StrategyTests(TradingSystem system)
{
    private const string Source = "param fast = 12 in 5..50\nentry: close > ema(fast)\nexit: close < ema(fast)";
    private const string Other = "entry: rsi(14) < 30";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_saved_is_read_again_with_its_parameters()
    {
        var (api, http) = await TraderAsync();
        using var own = http;

        var made = await api.CreateStrategyAsync(new("Above average", Source, "Holds what rises."), Cancellation);
        var read = await api.GetStrategyAsync(made.Id, Cancellation);

        Assert.Equal((made.Id, made.Version, made.Revision, made.Source), (read.Id, read.Version, read.Revision, read.Source));
        Assert.Equal(("Above average", "Holds what rises.", "own", "private"), (read.Name, read.Description, read.Kind, read.Visibility));
        Assert.Equal((1, 1, Source), (read.Version, read.Revision, read.Source));
        Assert.Equal([new("fast", 12, 5, 50, null, true)], read.Parameters);
    }

    [Fact]
    public async Task Another_text_is_another_version_and_earlier_ones_stay()
    {
        var (api, http) = await TraderAsync();
        using var own = http;
        var made = await api.CreateStrategyAsync(new("Versions", Source), Cancellation);

        var renamed = await api.ChangeStrategyAsync(made.Id, new("Renamed", Source), made.Revision, Cancellation);
        var changed = await api.ChangeStrategyAsync(made.Id, new("Renamed", Other), renamed.Revision, Cancellation);

        Assert.Equal((1, 2), (renamed.Version, renamed.Revision));
        Assert.Equal((2, 3, Other), (changed.Version, changed.Revision, changed.Source));
        var versions = await api.ListStrategyVersionsAsync(made.Id, cancellationToken: Cancellation);
        Assert.Equal([(2, Other), (1, Source)], versions.Items.Select(version => (version.Version, version.Source)));
        Assert.Equal(Source, (await api.GetStrategyVersionAsync(made.Id, 1, Cancellation)).Source);
        Assert.Equal(HttpStatusCode.NotFound, await StatusOfAsync(() => api.GetStrategyVersionAsync(made.Id, 3, Cancellation)));
    }

    [Fact]
    public async Task Of_two_who_change_the_same_revision_one_is_told_so()
    {
        var (api, http) = await TraderAsync();
        using var own = http;
        var made = await api.CreateStrategyAsync(new("Both", Source), Cancellation);

        var codes = await Task.WhenAll(Enumerable.Range(0, 5).Select(async n =>
        {
            try
            {
                await api.ChangeStrategyAsync(made.Id, new("Both", $"entry: close > {n}"), made.Revision, Cancellation);
                return "changed";
            }
            catch (TradingApiException refused)
            {
                return refused.Code;
            }
        }));

        Assert.Equal(
            ["changed", .. Enumerable.Repeat(ErrorCodes.ChangedMeanwhile, 4)],
            codes.OrderBy(code => code == ErrorCodes.ChangedMeanwhile));
        Assert.Equal(2, (await api.GetStrategyAsync(made.Id, Cancellation)).Version);
    }

    [Fact]
    public async Task A_change_without_If_Match_is_428()
    {
        var (api, http) = await TraderAsync();
        using var own = http;
        var made = await api.CreateStrategyAsync(new("Blind", Source), Cancellation);

        using var content = new StringContent(
            """{"name":"Blind","source":"entry: close > 1"}""", Encoding.UTF8, new MediaTypeHeaderValue("application/json").MediaType!);
        using var answer = await http.PutAsync(new Uri($"api/v1/strategies/{made.Id}", UriKind.Relative), content, Cancellation);

        Assert.Equal(HttpStatusCode.PreconditionRequired, answer.StatusCode);
        Assert.Equal(1, (await api.GetStrategyAsync(made.Id, Cancellation)).Revision);
    }

    [Fact]
    public async Task A_text_with_errors_is_not_saved_and_each_is_told_with_its_place()
    {
        var (api, http) = await TraderAsync();
        using var own = http;

        using var answer = await http.PostAsJsonAsync(
            "api/v1/strategies", new { name = "Wrong", source = "entry: emma(12) > 1\nexit: clsoe < 1" }, Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("Line 1, column 8: There is nothing called emma. Did you mean ema?", problem, StringComparison.Ordinal);
        Assert.Contains("Line 2, column 7", problem, StringComparison.Ordinal);
        Assert.Empty((await api.ListStrategiesAsync("own", cancellationToken: Cancellation)).Items);
    }

    [Fact]
    public async Task A_strategy_is_read_by_others_while_it_is_shared_and_changed_by_its_owner_only()
    {
        var (owner, ownersHttp) = await TraderAsync();
        var (reader, readersHttp) = await TraderAsync();
        using var httpOfOwner = ownersHttp;
        using var httpOfReader = readersHttp;
        var made = await owner.CreateStrategyAsync(new("Shared", Source), Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, await StatusOfAsync(() => reader.GetStrategyAsync(made.Id, Cancellation)));
        var shared = await owner.SetStrategyVisibilityAsync(made.Id, "shared", Cancellation);

        var read = await reader.GetStrategyAsync(made.Id, Cancellation);
        Assert.Equal(("shared", Source), (read.Kind, read.Source));
        Assert.Contains(
            (await reader.ListStrategiesAsync("shared", limit: 200, cancellationToken: Cancellation)).Items,
            item => item.Id == made.Id);
        Func<Task>[] changes =
        [
            () => reader.ChangeStrategyAsync(made.Id, new("Mine", Other), shared.Revision, Cancellation),
            () => reader.SetStrategyVisibilityAsync(made.Id, "private", Cancellation),
            () => reader.DeleteStrategyAsync(made.Id, Cancellation),
        ];
        foreach (var change in changes)
        {
            Assert.Equal(HttpStatusCode.NotFound, await StatusOfAsync(change));
        }

        await owner.SetStrategyVisibilityAsync(made.Id, "private", Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, await StatusOfAsync(() => reader.GetStrategyAsync(made.Id, Cancellation)));
        Assert.Equal(
            HttpStatusCode.NotFound,
            await StatusOfAsync(() => reader.ListStrategyVersionsAsync(made.Id, cancellationToken: Cancellation)));
    }

    [Fact]
    public async Task Sharing_and_removing_are_in_the_audit_trail()
    {
        var (api, http) = await TraderAsync();
        using var own = http;
        var admin = await system.SignInAsync(Cancellation, Roles.Admin);
        using var httpOfAdmin = admin.Http;
        var made = await api.CreateStrategyAsync(new("Audited", Source), Cancellation);

        await api.SetStrategyVisibilityAsync(made.Id, "shared", Cancellation);
        await api.DeleteStrategyAsync(made.Id, Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, await StatusOfAsync(() => api.GetStrategyAsync(made.Id, Cancellation)));
        foreach (var action in new[] { "strategy_share", "strategy_delete" })
        {
            var found = await admin.Api.SearchAuditAsync(new() { Action = action, Limit = 100 }, Cancellation);
            Assert.Contains(found.Items, happened => happened.Subject == made.Id);
        }
    }

    [Fact]
    public async Task All_kinds_are_walked_page_by_page_each_strategy_once()
    {
        var (api, http) = await TraderAsync();
        using var own = http;
        for (var number = 0; number < 5; number++)
        {
            await api.CreateStrategyAsync(new($"Number {number}", Source), Cancellation);
        }

        var (found, cursor) = (new List<StrategySummaryResponse>(), (string?)null);
        do
        {
            var page = await api.ListStrategiesAsync(cursor: cursor, limit: 2, cancellationToken: Cancellation);
            Assert.InRange(page.Items.Count, 1, 2);
            found.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(
            ["Number 4", "Number 3", "Number 2", "Number 1", "Number 0"],
            found.Where(strategy => strategy.Kind == "own").Select(strategy => strategy.Name));
        Assert.Equal(
            ["ma_cross", "rsi_reversion", "bollinger_breakout", "macd", "momentum"],
            found.Where(strategy => strategy.Kind == "built_in").Select(strategy => strategy.Id).Take(5));
        Assert.Equal(found.Count, found.DistinctBy(strategy => strategy.Id).Count());
    }

    [Fact]
    public async Task A_built_in_strategy_can_be_read_and_its_text_saved_as_ones_own()
    {
        var (api, http) = await TraderAsync();
        using var own = http;

        var builtIn = await api.GetStrategyAsync("macd", Cancellation);
        var copy = await api.CreateStrategyAsync(new("My MACD", builtIn.Source), Cancellation);

        Assert.Equal(("built_in", "MACD", 1), (builtIn.Kind, builtIn.Name, builtIn.Version));
        Assert.Equal(builtIn.Parameters, copy.Parameters);
        Assert.Equal(builtIn.Source, Assert.Single(
            (await api.ListStrategyVersionsAsync("macd", cancellationToken: Cancellation)).Items).Source);
    }

    [Fact]
    public async Task A_viewer_checks_and_reads_and_does_not_write()
    {
        var viewer = await system.SignInAsync(Cancellation);
        using var http = viewer.Http;

        var wrong = await viewer.Api.CheckStrategyAsync("entry: emma(12) > close", Cancellation);
        var right = await viewer.Api.CheckStrategyAsync(Source, Cancellation);
        var language = await viewer.Api.GetStrategyLanguageAsync(Cancellation);

        Assert.Equal([new(1, 8, 4, "There is nothing called emma.", "Did you mean ema?")], wrong.Errors);
        Assert.False(wrong.Valid);
        Assert.True(right.Valid);
        Assert.Equal((11, 120), (right.WarmUp, right.Settling));
        Assert.Equal(["ema(12)"], right.Indicators);
        Assert.Contains(language.Words, word => word is { Name: "macd", Kind: "indicator" });
        Assert.Equal(
            HttpStatusCode.Forbidden,
            await StatusOfAsync(() => viewer.Api.CreateStrategyAsync(new("No", Source), Cancellation)));
    }

    [Fact]
    public async Task A_key_needs_the_scope_of_strategies()
    {
        var trader = await system.SignInAsync(Cancellation, Roles.Trader);
        using var http = trader.Http;
        var with = await trader.Api.CreateApiKeyAsync(new("with", [Scopes.Strategies]), Cancellation);
        var without = await trader.Api.CreateApiKeyAsync(new("without", [Scopes.AccountRead]), Cancellation);

        var made = await system.Api.As(TradingCaller.Of(with.Key)).CreateStrategyAsync(new("By key", Source), Cancellation);

        Assert.Equal(made.Id, Assert.Single((await trader.Api.ListStrategiesAsync("own", cancellationToken: Cancellation)).Items).Id);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            await StatusOfAsync(() =>
                system.Api.As(TradingCaller.Of(without.Key)).ListStrategiesAsync(cancellationToken: Cancellation)));
    }

    private async Task<(TradingClient Api, HttpClient Http)> TraderAsync()
    {
        var trader = await system.SignInAsync(Cancellation, Roles.Trader);
        return (trader.Api, trader.Http);
    }

    private static async Task<HttpStatusCode?> StatusOfAsync(Func<Task> call) =>
        (await Assert.ThrowsAsync<TradingApiException>(call)).Status;
}
