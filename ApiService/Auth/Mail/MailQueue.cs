using System.Threading.Channels;

namespace Trading.ApiService.Auth.Mail;

/// <summary>
/// Sends mails behind the requests' backs: how long a server takes must not tell whether an address is known here.
/// </summary>
internal sealed partial class MailQueue(IMailSender sender, TimeProvider time, ILogger<MailQueue> logger)
    : BackgroundService
{
    private const int Length = 1000;
    private const int Attempts = 3;

    private readonly Channel<Letter> _letters = Channel.CreateBounded<Letter>(
        new BoundedChannelOptions(Length) { SingleReader = true });

    public void Send(Letter letter)
    {
        if (!_letters.Writer.TryWrite(letter))
        {
            LogFull();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var letter in _letters.Reader.ReadAllAsync(stoppingToken))
        {
            await SendAsync(letter, stoppingToken);
        }
    }

    private async Task SendAsync(Letter letter, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await sender.SendAsync(letter, cancellationToken);
                return;
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                LogFailed(attempt, error.Message);
                if (attempt == Attempts)
                {
                    return;
                }

                await Task.Delay(TimeSpan.FromSeconds(attempt * 2), time, cancellationToken);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "A mail was not sent, as too many wait")]
    private partial void LogFull();

    [LoggerMessage(LogLevel.Warning, "A mail was not sent at attempt {Attempt}: {Reason}")]
    private partial void LogFailed(int attempt, string reason);
}
