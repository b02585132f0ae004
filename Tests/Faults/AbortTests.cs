using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Trading.ApiService.Caching;
using Trading.ApiService.Edge;
using Trading.ServiceDefaults.Cache;

namespace Trading.Tests.Faults;

/// <summary>Clients that hang up while their answer is looked for, or made, for others too.</summary>
[Collection(AloneTests.Name)]
public sealed class AbortTests : IAsyncLifetime
{
    private const int Others = 20;

    private readonly ConcurrentBag<string> _errors = [];
    private readonly ConcurrentDictionary<HttpContext, bool> _open = [];
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RedisServer _redis = null!;
    private WebApplication _app = null!;
    private Func<HttpContext, CancellationToken, Task<string>> _make = (_, _) => Task.FromResult("made");
    private int _ended;
    private int _made;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private CacheKind Kind => _app.Services.GetRequiredService<TradingCache>().Kind(CacheKinds.Bars);

    public async ValueTask InitializeAsync() => _redis = await RedisServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task The_first_client_may_hang_up_while_its_answer_is_looked_for_and_the_others_have_theirs(int http)
    {
        using var clients = await StartAsync(http);
        await _redis.HaltAsync();
        using var impatient = new CancellationTokenSource();
        var first = clients.GetStringAsync(new Uri("/page", UriKind.Relative), impatient.Token);
        await Eventually.IsTrueAsync(() => Task.FromResult(_open.Count == 1), "the first has come");
        var others = Ask(clients);
        await JoinedAsync(Others);

        await HangUpAsync(impatient, first);
        await _redis.ContinueAsync();

        Assert.All(await Task.WhenAll(others), answer => Assert.Equal("made 1", answer));
        Assert.Equal("made 1", await clients.GetStringAsync(new Uri("/page", UriKind.Relative), Cancellation));
        await EndedWellAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task One_after_the_other_may_hang_up_and_the_last_has_the_answer(int http)
    {
        using var clients = await StartAsync(http);
        await _redis.HaltAsync();
        using var impatient = new CancellationTokenSource();
        var gone = Enumerable.Range(0, Others)
            .Select(_ => clients.GetStringAsync(new Uri("/page", UriKind.Relative), impatient.Token)).ToArray();
        await JoinedAsync(Others - 1);
        var last = clients.GetStringAsync(new Uri("/page", UriKind.Relative), Cancellation);
        await JoinedAsync(Others);

        await HangUpAsync(impatient, gone);
        await _redis.ContinueAsync();

        Assert.Equal("made 1", await last);
        await EndedWellAsync();
    }

    [Fact]
    public async Task Where_all_hang_up_while_it_is_looked_for_nothing_is_made()
    {
        using var clients = await StartAsync(1);
        await _redis.HaltAsync();
        using var impatient = new CancellationTokenSource();
        var gone = Enumerable.Range(0, Others)
            .Select(_ => clients.GetStringAsync(new Uri("/page", UriKind.Relative), impatient.Token)).ToArray();
        await JoinedAsync(Others - 1);

        await HangUpAsync(impatient, gone);
        await _redis.ContinueAsync();
        await Eventually.IsTrueAsync(() => Task.FromResult(Kind.Misses == 1), "the look-up has ended");

        Assert.Equal(0, _made);
        Assert.Equal("made 1", await clients.GetStringAsync(new Uri("/page", UriKind.Relative), Cancellation));
        await EndedWellAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Where_all_hang_up_while_it_is_made_the_making_ends_before_the_first_request(int http)
    {
        using var clients = await StartAsync(http);
        var given = new TaskCompletionSource();
        _make = async (_, cancellation) =>
        {
            try
            {
                await _release.Task.WaitAsync(cancellation);
                return "made";
            }
            catch (OperationCanceledException)
            {
                given.SetResult();
                throw;
            }
        };
        using var impatient = new CancellationTokenSource();
        var gone = Enumerable.Range(0, Others)
            .Select(_ => clients.GetStringAsync(new Uri("/page", UriKind.Relative), impatient.Token)).ToArray();
        await JoinedAsync(Others - 1);
        await Eventually.IsTrueAsync(() => Task.FromResult(_made == 1), "it is being made");

        await HangUpAsync(impatient, gone);

        await given.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        _release.SetResult();
        Assert.Equal("made 2", await clients.GetStringAsync(new Uri("/page", UriKind.Relative), Cancellation));
        await EndedWellAsync();
    }

    [Fact]
    public async Task What_the_endpoint_throws_is_told_to_all_who_stayed_and_not_kept()
    {
        using var clients = await StartAsync(1);
        _make = async (_, cancellation) =>
        {
            await _release.Task.WaitAsync(cancellation);
            return _made == 1 ? throw new TimeoutException("The store did not answer.") : "made";
        };
        using var impatient = new CancellationTokenSource();
        var first = clients.GetStringAsync(new Uri("/page", UriKind.Relative), impatient.Token);
        await Eventually.IsTrueAsync(() => Task.FromResult(_made == 1), "it is being made");
        var others = Enumerable.Range(0, Others)
            .Select(_ => clients.GetAsync(new Uri("/page", UriKind.Relative), Cancellation)).ToArray();
        await JoinedAsync(Others);

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        _release.SetResult();

        foreach (var answer in await Task.WhenAll(others))
        {
            using (answer)
            {
                Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            }
        }

        Assert.Equal("made 2", await clients.GetStringAsync(new Uri("/page", UriKind.Relative), Cancellation));
        await EndedWellAsync();
    }

    private static Task<string>[] Ask(HttpClient clients) =>
        [.. Enumerable.Range(0, Others).Select(_ => clients.GetStringAsync(new Uri("/page", UriKind.Relative), Cancellation))];

    private async Task<HttpClient> StartAsync(int http)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback, 0, listen => listen.Protocols = http == 2 ? HttpProtocols.Http2 : HttpProtocols.Http1));
        builder.Logging.ClearProviders().AddProvider(new Errors(_errors));
        builder.Services.AddSingleton<TimeProvider>(PatientTime.Instance);
        builder.Services.AddSingleton<StackExchange.Redis.IConnectionMultiplexer>(_ => _redis.Connect());
        builder.AddTradingCache();
        builder.Services.AddSingleton<EndpointCache>();
        builder.Services.AddExceptionHandler<FailureHandler>();
        _app = builder.Build();
        _app.Use(next => context => FollowAsync(context, next));
        _app.UseProblemPages();
        _app.UseRouting();
        _app.UseEndpointCache();
        _app.MapGet("/page", MakeAsync).WithName("Page").Cached(CacheKinds.Bars, ["tag"]);
        await _app.StartAsync(Cancellation);
        await Eventually.IsTrueAsync(
            () => Task.FromResult(_app.Services.GetRequiredService<TradingCache>().Statistics.IsShared), "the cache uses Redis");
        var addresses = _app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>();
        return new HttpClient
        {
            BaseAddress = new Uri(addresses.Addresses.Single()),
            DefaultRequestVersion = new Version(http, http == 2 ? 0 : 1),
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
    }

    private async Task FollowAsync(HttpContext context, RequestDelegate next)
    {
        _open[context] = true;
        try
        {
            await next(context);
        }
        finally
        {
            _open.TryRemove(context, out _);
            Interlocked.Increment(ref _ended);
        }
    }

    // It runs in a request that is open from its start to its end.
    private async Task<string> MakeAsync(HttpContext context, CancellationToken cancellation)
    {
        var number = Interlocked.Increment(ref _made);
        try
        {
            Assert.Contains(context, _open.Keys);
            return $"{await _make(context, cancellation)} {number}";
        }
        finally
        {
            Assert.Contains(context, _open.Keys);
        }
    }

    private Task JoinedAsync(int count) =>
        Eventually.IsTrueAsync(() => Task.FromResult(Kind.Joined == count), $"{count} wait for another's look");

    private async Task HangUpAsync(CancellationTokenSource impatient, params Task<string>[] gone)
    {
        await impatient.CancelAsync();
        foreach (var one in gone)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        }

        await Eventually.IsTrueAsync(() => Task.FromResult(_ended >= gone.Length), "the requests of those who hung up have ended");
    }

    private async Task EndedWellAsync()
    {
        await Eventually.IsTrueAsync(() => Task.FromResult(_open.IsEmpty), "every request has ended");
        Assert.Empty(_errors);
    }

    private sealed class Errors(ConcurrentBag<string> errors) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                errors.Add($"{formatter(state, exception)} {exception}");
            }
        }

        public void Dispose()
        {
        }
    }
}
