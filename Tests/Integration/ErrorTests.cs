using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Trading.Contracts;
using Trading.Data.Errors;
using Trading.Tests.Unit.Errors;

namespace Trading.Tests.Integration;

/// <summary>Errors of a service, kept in the running system's database and read over its API.</summary>
[Collection(SystemTests.Name)]
public sealed partial class ErrorTests(TradingSystem system)
{
    private readonly string _service = $"s{Guid.NewGuid():n}"[..12];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_fault_twice_is_one_group_with_count_2_and_its_last_trace()
    {
        await using var host = await ErrorHost.StartAsync(_service, new ErrorStore(system.Database).AddAsync);
        Fail(host.Logger, First);
        var first = Assert.Single(await GroupsAsync(total: 1));
        var last = Fail(host.Logger, First);

        var group = Assert.Single(await GroupsAsync(total: 2));

        Assert.Equal((2, last), (group.Count, group.LastTraceId));
        Assert.Equal("System.InvalidOperationException", group.Type);
        Assert.Equal("A step of {Name} failed", group.Template);
        Assert.EndsWith($"{nameof(ErrorTests)}.{nameof(First)}", group.Location, StringComparison.Ordinal);
        Assert.Equal((first.Fingerprint, first.FirstSeen), (group.Fingerprint, group.FirstSeen));
        Assert.True(group.LastSeen > first.LastSeen, "It was seen again.");
    }

    [Fact]
    public async Task A_different_fault_is_another_group()
    {
        await using var host = await ErrorHost.StartAsync(_service, new ErrorStore(system.Database).AddAsync);
        var traces = new[] { Fail(host.Logger, Second), Fail(host.Logger, Third) };

        var groups = await GroupsAsync(total: 2);

        Assert.Equal([1L, 1L], groups.Select(group => group.Count));
        Assert.Equal(traces.Order(), groups.Select(group => group.LastTraceId!).Order());
    }

    private static string Fail(ILogger logger, Action step)
    {
        using var activity = new Activity("request").Start();
        try
        {
            step();
        }
        catch (InvalidOperationException failure)
        {
            LogFailed(logger, failure, step.Method.Name);
        }

        return activity.TraceId.ToHexString();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void First() => throw new InvalidOperationException("It failed.");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Second() => throw new InvalidOperationException("It failed.");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Third() => throw new InvalidOperationException("It failed.");

    private async Task<IReadOnlyList<ErrorGroupResponse>> GroupsAsync(int total)
    {
        var admin = await system.SignInAsync(Cancellation, Roles.Admin);
        using var http = admin.Http;
        return await Eventually.ReturnsAsync(
            async () =>
            {
                var own = (await admin.Api.ListErrorsAsync(Cancellation)).Where(group => group.Service == _service).ToArray();
                return own.Sum(group => group.Count) == total ? own : null;
            },
            $"{total} errors in the list");
    }

    [LoggerMessage(LogLevel.Error, "A step of {Name} failed")]
    private static partial void LogFailed(ILogger logger, Exception exception, string name);
}
