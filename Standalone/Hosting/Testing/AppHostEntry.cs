using System.Reflection;
using Aspire.Hosting;

namespace Trading.Standalone.Hosting;

/// <summary>Lets a test run AppHost's entry point and take over the builder and the application that it makes.</summary>
internal sealed class AppHostEntry
{
    private static readonly AsyncLocal<AppHostEntry?> _current = new();

    private readonly TaskCompletionSource<DistributedApplicationBuilder> _builder =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly TaskCompletionSource _mayBuild = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly TaskCompletionSource<DistributedApplication> _application =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly TaskCompletionSource _mayEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Assembly? _assembly;

    public static Assembly? Assembly => _current.Value?._assembly ?? System.Reflection.Assembly.GetEntryAssembly();

    public Task<DistributedApplicationBuilder> Builder => _builder.Task;

    public static AppHostEntry Start(Assembly assembly, string[] args)
    {
        var entry = new AppHostEntry { _assembly = assembly };
        var thread = new Thread(() => entry.Run(args)) { IsBackground = true, Name = "AppHost" };
        thread.Start();
        return entry;
    }

    public static DistributedApplicationOptions Amend(DistributedApplicationOptions options)
    {
        if (_current.Value is not null)
        {
            // Beside a running system: other ports, other logs, other secrets.
            options.Args =
            [
                .. options.Args ?? [],
                "--DcpPublisher:RandomizePorts=true",
                "--LocalFolder=../.local/tests",
            ];
        }

        return options;
    }

    public static DistributedApplication OnBuild(DistributedApplicationBuilder builder, Func<DistributedApplication> build)
    {
        if (_current.Value is not { } entry)
        {
            return build();
        }

        entry._builder.SetResult(builder);
        entry._mayBuild.Task.GetAwaiter().GetResult();
        var application = build();
        entry._application.SetResult(application);
        return application;
    }

    public static Task OnRun(Func<Task> run) => _current.Value is { } entry ? entry._mayEnd.Task : run();

    public Task<DistributedApplication> BuildAsync()
    {
        _mayBuild.TrySetResult();
        return _application.Task;
    }

    public void End()
    {
        _mayBuild.TrySetResult();
        _mayEnd.TrySetResult();
    }

    private void Run(string[] args)
    {
        _current.Value = this;
        try
        {
            _assembly!.EntryPoint!.Invoke(null, [args]);
        }
        catch (TargetInvocationException error)
        {
            var cause = error.InnerException ?? error;
            if (!_builder.TrySetException(cause))
            {
                _application.TrySetException(cause);
            }
        }
    }
}
