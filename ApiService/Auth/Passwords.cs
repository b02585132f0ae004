using System.Threading.Channels;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Trading.Data.Accounts;

namespace Trading.ApiService.Auth;

/// <summary>
/// Hashes passwords, one at a time, on a thread of its own that yields to all others: it is a tenth of a second of work
/// by design, and a crowd that signs in must not take the processors from the quotes.
/// </summary>
internal sealed class Passwords : BackgroundService
{
    private readonly PasswordHasher<User> _hasher;
    private readonly Channel<Job> _jobs;
    private readonly string _dummy;

    public Passwords(IOptions<AuthOptions> options)
    {
        _hasher = new PasswordHasher<User>(Options.Create(
            new PasswordHasherOptions { IterationCount = options.Value.PasswordIterations }));
        _jobs = Channel.CreateBounded<Job>(
            new BoundedChannelOptions(options.Value.PasswordQueue) { SingleReader = true });
        _dummy = _hasher.HashPassword(null!, SecretText.New());
    }

    /// <summary>How many were hashed; a login of a stranger counts as much as one of a user.</summary>
    public long Count { get; private set; }

    public async Task<string> HashAsync(string password, CancellationToken cancellationToken) =>
        (string)await RunAsync(() => _hasher.HashPassword(null!, password), cancellationToken);

    /// <summary>
    /// Whether a password is a user's. Without a user the same work is done on a hash that no password has, so that the
    /// time does not tell whether there is one.
    /// </summary>
    public async Task<bool> IsOfAsync(User? user, string password, CancellationToken cancellationToken)
    {
        var hash = user?.PasswordHash ?? _dummy;
        var result = (PasswordVerificationResult)await RunAsync(
            () => _hasher.VerifyHashedPassword(null!, hash, password), cancellationToken);
        return user?.PasswordHash is not null && result != PasswordVerificationResult.Failed;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => Work(ended, stoppingToken)) { IsBackground = true, Name = "passwords" }.Start();
        return ended.Task;
    }

    private async Task<object> RunAsync(Func<object> work, CancellationToken cancellationToken)
    {
        var job = new Job(work, cancellationToken);
        if (!_jobs.Writer.TryWrite(job))
        {
            throw new TooBusyException();
        }

        return await job.Done.Task.WaitAsync(cancellationToken);
    }

    private void Work(TaskCompletionSource ended, CancellationToken stoppingToken)
    {
        ThreadPriorities.LowerOfThisThread();
        try
        {
            while (WaitForJob(stoppingToken))
            {
                while (_jobs.Reader.TryRead(out var job))
                {
                    Run(job);
                }
            }
        }
        catch (OperationCanceledException)
        {
            ended.TrySetResult();
        }
    }

    private void Run(Job job)
    {
        // Nobody waits for it any more; those behind it do.
        if (job.Abandoned.IsCancellationRequested)
        {
            job.Done.TrySetCanceled(job.Abandoned);
            return;
        }

        try
        {
            Count++;
            job.Done.TrySetResult(job.Work());
        }
        catch (Exception error)
        {
            job.Done.TrySetException(error);
        }
    }

    // A thread of one's own waits by blocking; no thread of the pool does.
#pragma warning disable RS0030, CA1849
    private bool WaitForJob(CancellationToken stoppingToken) =>
        _jobs.Reader.WaitToReadAsync(stoppingToken).AsTask().GetAwaiter().GetResult();
#pragma warning restore RS0030, CA1849

    private sealed record Job(Func<object> Work, CancellationToken Abandoned)
    {
        public TaskCompletionSource<object> Done { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>More wait than can be served soon; 503 with Retry-After.</summary>
internal sealed class TooBusyException() : Exception("Too many sign-ins at once; try again in a few seconds.");
