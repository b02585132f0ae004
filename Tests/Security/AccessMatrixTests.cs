using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Trading.Contracts;
using Trading.Tests.Integration;
using Trading.Tests.OpenApi;

namespace Trading.Tests.Security;

/// <summary>Who may do what, written down apart from the code; a new operation has to get its place here.</summary>
[Collection(SystemTests.Name)]
public sealed class AccessMatrixTests(TradingSystem system)
{
    private const string Everyone = "everyone";
    private const string Authors = "traders and analysts";

    private static readonly Dictionary<string, string> _least = new()
    {
        ["ListInstruments"] = Everyone, ["GetInstrument"] = Everyone,
        ["ListPerformance"] = Everyone,
        ["GetQuote"] = Everyone, ["GetQuotes"] = Everyone,
        ["ListExchanges"] = Everyone, ["GetExchangeStatus"] = Everyone, ["GetExchangeSessions"] = Everyone,
        ["ValidateInstruments"] = Everyone, ["GetDataQuality"] = Everyone, ["GetBarBatch"] = Everyone,
        ["ListCorporateActions"] = Everyone, ["ListCorporateActionChanges"] = Roles.Admin,
        ["SetCorporateAction"] = Roles.Admin, ["WithdrawCorporateAction"] = Roles.Admin,
        ["SyncCorporateActions"] = Roles.Admin,
        ["ListCurrencies"] = Everyone, ["ConvertCurrency"] = Everyone, ["GetCurrencyRates"] = Everyone,
        ["GetBars"] = Everyone, ["ExportBars"] = Everyone,
        ["Register"] = Everyone, ["ConfirmEmail"] = Everyone, ["ResendConfirmation"] = Everyone,
        ["Login"] = Everyone, ["Refresh"] = Everyone, ["ForgotPassword"] = Everyone, ["ResetPassword"] = Everyone,
        ["Logout"] = Roles.Viewer, ["LogoutEverywhere"] = Roles.Viewer, ["ChangePassword"] = Roles.Viewer,
        ["GetAccount"] = Roles.Viewer, ["ListSessions"] = Roles.Viewer, ["RevokeSession"] = Roles.Viewer,
        ["SetUpTwoFactor"] = Roles.Viewer, ["ConfirmTwoFactor"] = Roles.Viewer,
        ["RenewRecoveryCodes"] = Roles.Viewer, ["DisableTwoFactor"] = Roles.Viewer,
        ["ListApiKeys"] = Roles.Viewer, ["CreateApiKey"] = Roles.Viewer, ["RevokeApiKey"] = Roles.Viewer,
        ["ListWebhooks"] = Roles.Viewer, ["CreateWebhook"] = Roles.Viewer, ["GetWebhook"] = Roles.Viewer,
        ["ChangeWebhook"] = Roles.Viewer, ["DeleteWebhook"] = Roles.Viewer, ["RotateWebhookSecret"] = Roles.Viewer,
        ["TestWebhook"] = Roles.Viewer, ["ListWebhookDeliveries"] = Roles.Viewer,
        ["ReplayWebhookDelivery"] = Roles.Viewer,
        ["CreateStreamTicket"] = Roles.Viewer,
        ["StartBacktest"] = Roles.Viewer, ["RunBacktest"] = Roles.Viewer, ["ListBacktests"] = Roles.Viewer,
        ["GetBacktest"] = Roles.Viewer, ["CompareBacktests"] = Roles.Viewer, ["ListMetricDefinitions"] = Roles.Viewer,
        ["GetBacktestEquity"] = Roles.Viewer, ["ListBacktestTrades"] = Roles.Viewer, ["ExportBacktest"] = Roles.Viewer,
        ["CancelBacktest"] = Roles.Viewer, ["DeleteBacktest"] = Roles.Viewer,
        ["StartExperiment"] = Roles.Viewer, ["ListExperiments"] = Roles.Viewer, ["GetExperiment"] = Roles.Viewer,
        ["GetExperimentPoints"] = Roles.Viewer, ["StopExperiment"] = Roles.Viewer, ["DeleteExperiment"] = Roles.Viewer,
        ["ListDeadLetters"] = Roles.Admin, ["ReplayDeadLetter"] = Roles.Admin,
        ["DeleteDeadLetter"] = Roles.Admin, ["GetJobs"] = Roles.Admin, ["RunJob"] = Roles.Admin,
        ["ListBackfills"] = Roles.Admin, ["StartBackfill"] = Roles.Admin, ["GetBackfill"] = Roles.Admin,
        ["CancelBackfill"] = Roles.Admin,
        ["ListStrategies"] = Roles.Viewer, ["GetStrategy"] = Roles.Viewer, ["ListStrategyVersions"] = Roles.Viewer,
        ["GetStrategyVersion"] = Roles.Viewer, ["CheckStrategy"] = Roles.Viewer, ["GetStrategyLanguage"] = Roles.Viewer,
        ["CreateStrategy"] = Authors, ["ChangeStrategy"] = Authors, ["DeleteStrategy"] = Authors,
        ["SetStrategyVisibility"] = Authors,
        ["ListUsers"] = Roles.Admin, ["ChangeUser"] = Roles.Admin,
        ["GetHealth"] = Everyone, ["GetDetailedHealth"] = Roles.Admin, ["GetDashboard"] = Roles.Admin,
        ["ListTraces"] = Roles.Admin, ["GetTrace"] = Roles.Admin, ["ListErrors"] = Roles.Admin,
        ["ListSlowQueries"] = Roles.Admin, ["GetCache"] = Roles.Admin, ["ClearCache"] = Roles.Admin, ["ListRateLimits"] = Roles.Admin,
        ["GetMetrics"] = Roles.Admin, ["GetProviders"] = Roles.Admin, ["ExportAudit"] = Roles.Admin,
        ["ListFeatures"] = Everyone, ["ListSettings"] = Roles.Admin,
        ["SetSetting"] = Roles.Admin, ["RemoveSetting"] = Roles.Admin,
        ["GetLatestSignals"] = Roles.Viewer, ["ListSignals"] = Roles.Viewer, ["GetSignal"] = Roles.Viewer,
        ["ExportSignals"] = Roles.Viewer, ["GetSignalShowcase"] = Roles.Viewer,
        ["GetSignalCalibration"] = Roles.Viewer, ["ListAnomalies"] = Roles.Viewer,
        ["RefreshSignals"] = Authors,
        ["SearchAudit"] = Roles.Admin, ["VerifyAudit"] = Roles.Admin,
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Role_by_endpoint_matrix_deny_by_default()
    {
        var document = await ApiDocument.ReadAsync(system.Http, Cancellation);
        Assert.Equal(
            _least.Keys.Order(StringComparer.Ordinal),
            document.Operations.Select(operation => operation.Name).Order(StringComparer.Ordinal));
        var wrong = new List<string>();

        foreach (var role in new[] { Everyone, Roles.Viewer, Roles.Trader, Roles.Analyst, Roles.Admin })
        {
            using var http = await ClientOfAsync(role);
            // What ends the session comes last.
            foreach (var operation in document.Operations.OrderBy(EndsSession))
            {
                var expected = IsAllowed(role, _least[operation.Name]) ? null
                    : role == Everyone ? ErrorCodes.Unauthorized : ErrorCodes.Forbidden;
                var denied = await DenialAsync(http, operation);
                if (denied != expected && !(operation.Name == "LogoutEverywhere" && expected is null))
                {
                    wrong.Add($"{role} {operation.Name}: {denied}, not {expected}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task User_B_on_every_id_of_user_A_gets_404_or_403()
    {
        var document = await ApiDocument.ReadAsync(system.Http, Cancellation);
        var a = await system.SignInAsync(Cancellation, Roles.Trader);
        var b = await system.SignInAsync(Cancellation, Roles.Trader);
        using var httpOfA = a.Http;
        using var httpOfB = b.Http;
        var key = await a.Api.CreateApiKeyAsync(new ApiKeyRequest("of A"), Cancellation);
        var session = Assert.Single(await a.Api.ListSessionsAsync(Cancellation));
        var webhook = (await a.Api.CreateWebhookAsync(
            new WebhookRequest("https://127.0.0.1:8443/", [WebhookEventTypes.Logout]), Cancellation)).Details.Id;
        var strategy = Guid.Parse((await a.Api.CreateStrategyAsync(
            new StrategyRequest("of A", "entry: close > sma(20)"), Cancellation)).Id);
        var backtest = (await a.Api.RunBacktestAsync(await system.AnyTickerAsync(Cancellation), cancellationToken: Cancellation)).Id;
        var experiment = (await a.Api.StartExperimentAsync(
            new ExperimentRequest
            {
                Instruments = [await system.AnyTickerAsync(Cancellation)],
                Arms = [new() { Strategy = "ma_cross" }, new() { Strategy = "macd" }],
            },
            Cancellation)).Id;
        var ids = new Dictionary<string, Guid>
        {
            ["/api/v1/strategies/{id}"] = strategy,
            ["/api/v1/strategies/{id}/versions"] = strategy,
            ["/api/v1/strategies/{id}/versions/{version}"] = strategy,
            ["/api/v1/strategies/{id}/visibility"] = strategy,
            ["/api/v1/auth/sessions/{id}"] = session.Id,
            ["/api/v1/api-keys/{id}"] = key.Details.Id,
            ["/api/v1/users/{id}"] = a.Id,
            ["/api/v1/dead-letters/{id}"] = Guid.NewGuid(),
            ["/api/v1/dead-letters/{id}/replay"] = Guid.NewGuid(),
            ["/api/v1/backfills/{id}"] = Guid.NewGuid(),
            ["/api/v1/backfills/{id}/cancel"] = Guid.NewGuid(),
            ["/api/v1/backtests/{id}"] = backtest,
            ["/api/v1/backtests/{id}/equity"] = backtest,
            ["/api/v1/backtests/{id}/trades"] = backtest,
            ["/api/v1/backtests/{id}/export"] = backtest,
            ["/api/v1/backtests/{id}/cancel"] = backtest,
            ["/api/v1/experiments/{id}"] = experiment,
            ["/api/v1/experiments/{id}/points"] = experiment,
            ["/api/v1/experiments/{id}/stop"] = experiment,
            ["/api/v1/webhooks/{id}"] = webhook,
            ["/api/v1/webhooks/{id}/secret"] = webhook,
            ["/api/v1/webhooks/{id}/test"] = webhook,
            ["/api/v1/webhooks/{id}/deliveries"] = webhook,
            ["/api/v1/webhooks/{id}/deliveries/{delivery}/replay"] = webhook,
        };
        var operations = document.Operations
            .Where(operation => operation.Path.Contains("{id}", StringComparison.Ordinal)).ToList();
        Assert.Equal(
            ids.Keys.Order(StringComparer.Ordinal),
            operations.Select(operation => operation.Path).Distinct().Order(StringComparer.Ordinal));

        foreach (var operation in operations)
        {
            using var request = Request(operation, ids[operation.Path].ToString());
            using var answer = await httpOfB.SendAsync(request, Cancellation);

            Assert.Contains((int)answer.StatusCode, new[] { 403, 404 });
        }

        Assert.Equal(a.Id, (await a.Api.GetAccountAsync(Cancellation)).Id);
        Assert.Single(await a.Api.ListApiKeysAsync(Cancellation));
        Assert.Equal(1, (await a.Api.GetStrategyAsync(strategy.ToString(), Cancellation)).Revision);
    }

    private static bool EndsSession(ApiOperation operation) =>
        operation.Path.Contains("/logout", StringComparison.Ordinal);

    private static bool IsAllowed(string role, string least) => least == Everyone
        || (role != Everyone && (least == Roles.Viewer || role == least || role == Roles.Admin))
        || (least == Authors && role is Roles.Trader or Roles.Analyst);

    private static HttpRequestMessage Request(ApiOperation operation, string id)
    {
        var path = operation.Path.Replace("{id}", id, StringComparison.Ordinal)
            .Replace("{delivery}", id, StringComparison.Ordinal)
            .Replace("{version}", "1", StringComparison.Ordinal)
            .Replace("{ticker}", "NOPE", StringComparison.Ordinal);
        var request = new HttpRequestMessage(new HttpMethod(operation.Method), new Uri(path, UriKind.Relative));
        if (operation.Body is not null)
        {
            request.Content = new StringContent("{}", new MediaTypeHeaderValue("application/json"));
        }

        return request;
    }

    /// <summary>The code of a denial; null where the caller was let in, whatever came of it.</summary>
    private static async Task<string?> DenialAsync(HttpClient http, ApiOperation operation)
    {
        using var request = Request(operation, Guid.NewGuid().ToString());
        using var answer = await http.SendAsync(request, Cancellation);
        return (int)answer.StatusCode is 401 or 403
            && JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation)) is { } problem
            && (string?)problem["code"] is (ErrorCodes.Unauthorized or ErrorCodes.Forbidden) and var code
                ? code
                : null;
    }

    private async Task<HttpClient> ClientOfAsync(string role) => role == Everyone
        ? new HttpClient { BaseAddress = system.ApiAddress }
        : (await system.SignInAsync(Cancellation, role)).Http;
}
