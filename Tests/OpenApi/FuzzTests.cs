using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Trading.Contracts;
using Trading.Tests.Integration;

namespace Trading.Tests.OpenApi;

[Collection(SystemTests.Name)]
public sealed class FuzzTests(TradingSystem system)
{
    private const int Requests = 10_000;
    private const int Callers = 10;
    private const int Size = 30;
    private const int AtATime = 8;

    // Its sign-ins fail often: others' must not be throttled with them.
    private const string Address = "203.0.113.77";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_thousand_fuzzed_requests_give_no_500()
    {
        var document = await ApiDocument.ReadAsync(system.Http, Cancellation);
        var known = await KnownTextsAsync();
        var requests = new RequestGenerator(document, known).To(document.Operations)
            .Sample(Requests, new Rnd(20261121), Size).ToArray();
        var statuses = new ConcurrentDictionary<int, int>();
        var failures = new ConcurrentQueue<string>();

        // Several, as what they send may end their session.
        var users = new List<TestUser>();
        while (users.Count < Callers)
        {
            users.Add(await system.SignInAsync(Cancellation, Roles.Trader, Roles.Analyst));
        }

        foreach (var (user, part) in users.Zip(requests.Chunk(Requests / Callers)))
        {
            user.Http.Dispose();
            using var stranger = system.From(Address);
            using var signedIn = system.From(Address);
            signedIn.DefaultRequestHeaders.Authorization = new("Bearer", user.Tokens.AccessToken);
            await Parallel.ForEachAsync(
                part.Index(),
                new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = Cancellation },
                async (item, token) =>
                {
                    var endsSession = item.Item.Operation.Path.Contains("/logout", StringComparison.Ordinal);
                    var http = endsSession || item.Index % 4 == 0 ? stranger : signedIn;
                    var (status, failure) = await SendAsync(http, item.Item, token);
                    statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
                    if (failure is not null)
                    {
                        failures.Enqueue($"{failure}: {item.Item}");
                    }
                });
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Join(", ", statuses.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}: {pair.Value}")));
        Assert.True(failures.IsEmpty, string.Join('\n', failures.Take(10)));
        Assert.Equal(Requests, statuses.Values.Sum());
        Assert.True(statuses.GetValueOrDefault(200) > Requests / 20, "Too few requests got past the checks.");
    }

    private static async Task<(int Status, string? Failure)> SendAsync(
        HttpClient http, GeneratedRequest generated, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(
            new HttpMethod(generated.Operation.Method), new Uri(generated.Path, UriKind.Relative));
        if (generated.Body is { } body)
        {
            request.Content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
        }

        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        var status = (int)answer.StatusCode;
        if (status < 400)
        {
            return (status, null);
        }

        var text = await answer.Content.ReadAsStringAsync(cancellation);
        return (status, status >= 500 || !IsProblem(text, status) ? $"{status} {text}" : null);
    }

    private static bool IsProblem(string text, int status)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject problem
                && (int?)problem["status"] == status && ((string?)problem["code"])?.Length > 0;
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }

    /// <summary>What gets a request further: tickers there are, and the parameters' right values.</summary>
    private async Task<string[]> KnownTextsAsync()
    {
        var page = await system.Api.SearchInstrumentsAsync(new InstrumentQuery { Limit = 20 }, Cancellation);
        return [.. page.Items.Select(item => item.Ticker), "1d", "1m", "2018-02-07", "10", "100"];
    }
}
