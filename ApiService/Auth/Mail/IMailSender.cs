namespace Trading.ApiService.Auth.Mail;

/// <summary>Sends mails: over SMTP, or into a folder where there is no server.</summary>
internal interface IMailSender
{
    Task SendAsync(Letter letter, CancellationToken cancellationToken);
}

/// <summary>A mail in plain text.</summary>
internal sealed record Letter(string To, string Subject, string Text);
