using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Trading.ApiService.Caching;
using Trading.ServiceDefaults.Cache;

namespace Trading.Tests.Unit.Api;

/// <summary>Endpoints of the test's own that are cached as those of the API are.</summary>
public sealed class EndpointCacheTests : IAsyncLifetime
{
    private readonly Dictionary<string, int> _calls = new(StringComparer.Ordinal);
    private WebApplication _app = null!;
    private HttpClient _http = null!;
    private TaskCompletionSource _release = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddTradingCache();
        builder.Services.AddSingleton<EndpointCache>();
        _app = builder.Build();
        _app.Use(next => context =>
        {
            // Stands for what knows who asks.
            if (context.Request.Headers.TryGetValue("X-User", out var user))
            {
                context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user.ToString())], "test"));
            }

            return next(context);
        });
        _app.UseRouting();
        _app.UseEndpointCache();
        _app.MapGet("/shared", (HttpContext context) => Answer(context, "shared", "\"v1\""))
            .WithName("Shared").Cached(CacheKinds.Signals, ["tag"]);
        _app.MapGet("/own", (HttpContext context) => Answer(context, context.Request.Headers["X-User"].ToString(), null))
            .WithName("Own").Cached(CacheKinds.Signals, ["tag"], perUser: true);
        _app.MapGet("/failing", (HttpContext context) => Failure(context))
            .WithName("Failing").Cached(CacheKinds.Signals, ["tag"]);
        _app.MapGet("/varying", (HttpContext context) =>
        {
            context.Response.Headers.Vary = "X-Colour";
            return Answer(context, context.Request.Headers["X-Colour"].ToString(), null);
        }).WithName("Varying").Cached(CacheKinds.Signals, ["tag"]);
        _app.MapGet("/slow", async (HttpContext context, CancellationToken cancellation) =>
        {
            await _release.Task.WaitAsync(cancellation);
            return Answer(context, "slow", null);
        }).WithName("Slow").Cached(CacheKinds.Signals, ["tag"]);
        await _app.StartAsync(Cancellation);
        var addresses = _app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>();
        _http = new HttpClient { BaseAddress = new Uri(addresses.Addresses.Single()) };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task An_answer_is_made_once_and_given_with_its_headers_until_it_is_stale()
    {
        var first = await GetAsync("/shared?a=1&b=2");
        var second = await GetAsync("/shared?b=2&a=1");
        var other = await GetAsync("/shared?a=2&b=2");

        Assert.Equal(("shared 1", "miss"), (first.Body, first.Cache));
        Assert.Equal(("shared 1", "memory"), (second.Body, second.Cache));
        Assert.Equal(("\"v1\"", "text/plain; charset=utf-8"), (second.ETag, second.ContentType));
        Assert.Equal("shared 2", other.Body);

        await _app.Services.GetRequiredService<TradingCache>().InvalidateAsync("tag");
        Assert.Equal("shared 3", (await GetAsync("/shared?a=1&b=2")).Body);
    }

    [Fact]
    public async Task Who_has_the_answer_already_is_told_so_from_the_cache_and_on_a_miss()
    {
        var missed = await GetAsync("/shared", ("If-None-Match", "\"v1\""));
        var cached = await GetAsync("/shared", ("If-None-Match", "\"v1\""));
        var whole = await GetAsync("/shared");

        Assert.Equal((HttpStatusCode.NotModified, ""), (missed.Status, missed.Body));
        Assert.Equal((HttpStatusCode.NotModified, ""), (cached.Status, cached.Body));
        Assert.Equal((HttpStatusCode.OK, "shared 1"), (whole.Status, whole.Body));
    }

    [Fact]
    public async Task Each_user_has_answers_of_their_own_and_strangers_none()
    {
        var (one, another) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());

        Assert.Equal($"{one} 1", (await GetAsync("/own", ("X-User", one))).Body);
        Assert.Equal($"{another} 1", (await GetAsync("/own", ("X-User", another))).Body);
        Assert.Equal($"{one} 1", (await GetAsync("/own", ("X-User", one))).Body);
        Assert.Equal(" 1", (await GetAsync("/own")).Body);
        Assert.Equal(" 2", (await GetAsync("/own")).Body);
    }

    [Fact]
    public async Task Failures_are_not_cached()
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await GetAsync("/failing")).Status);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/failing")).Status);
        Assert.Equal("memory", (await GetAsync("/failing")).Cache);
    }

    [Fact]
    public async Task What_varies_by_a_header_is_not_cached()
    {
        Assert.Equal("red 1", (await GetAsync("/varying", ("X-Colour", "red"))).Body);
        Assert.Equal("blue 1", (await GetAsync("/varying", ("X-Colour", "blue"))).Body);
    }

    [Fact]
    public async Task The_first_client_may_go_away_without_taking_the_answer_from_the_others()
    {
        using var impatient = new CancellationTokenSource();
        var first = _http.GetAsync(new Uri("/slow", UriKind.Relative), impatient.Token);
        var kind = _app.Services.GetRequiredService<TradingCache>().Kind(CacheKinds.Signals);
        await Eventually.IsTrueAsync(() => Task.FromResult(kind.Misses == 1), "the answer is being made");
        var second = GetAsync("/slow");
        await Eventually.IsTrueAsync(() => Task.FromResult(kind.Joined == 1), "the second waits for it");

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        _release.SetResult();

        Assert.Equal("slow 1", (await second).Body);
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 0, 0, 0, 5, 0, 0, 0, 1 })]
    [InlineData(new byte[] { 3, 65, 13, 10, 0, 0, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0, 0, 0, 255, 255, 255, 255 })]
    [InlineData(new byte[] { 255, 255, 255, 255, 255, 255 })]
    public void What_is_no_answer_is_not_read_as_one(byte[] bytes) =>
        Assert.False(new CachedAnswerCodec().TryRead(bytes, out _));

    [Fact]
    public void An_answer_is_read_as_it_was_written()
    {
        var codec = new CachedAnswerCodec();
        using var bytes = new PooledBytes();

        codec.Write(new CachedAnswer("a/b", null, "private", [1, 2, 3]), bytes);

        Assert.True(codec.TryRead(bytes.Written, out var read));

        Assert.Equal(("a/b", null, "private"), (read.ContentType, read.ETag, read.CacheControl));
        Assert.Equal([1, 2, 3], read.Body);
    }

    private ContentHttpResult Answer(HttpContext context, string name, string? tag)
    {
        context.Response.Headers.ETag = tag;
        return TypedResults.Text($"{name} {Count(name)}", "text/plain; charset=utf-8");
    }

    private IResult Failure(HttpContext context) => Count("failing") == 1
        ? TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable)
        : Answer(context, "failing", null);

    private int Count(string name)
    {
        lock (_calls)
        {
            return _calls[name] = _calls.GetValueOrDefault(name) + 1;
        }
    }

    private async Task<Got> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await _http.SendAsync(request, Cancellation);
        return new Got(
            answer.StatusCode,
            await answer.Content.ReadAsStringAsync(Cancellation),
            answer.Headers.TryGetValues("X-Cache", out var cache) ? cache.Single() : null,
            answer.Headers.ETag?.ToString(),
            answer.Content.Headers.ContentType?.ToString());
    }

    private sealed record Got(HttpStatusCode Status, string Body, string? Cache, string? ETag, string? ContentType);
}
