using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Text;
using Microsoft.Extensions.Options;

namespace Trading.ApiService.Auth.Mail;

/// <summary>Hands mails to an SMTP server.</summary>
internal sealed class SmtpMail(IOptionsMonitor<MailOptions> options) : IMailSender
{
    public async Task SendAsync(Letter letter, CancellationToken cancellationToken)
    {
        var current = options.CurrentValue;
        using var client = new SmtpClient(current.Host, current.Port) { EnableSsl = current.UseTls };
        if (current.User is { Length: > 0 } user)
        {
            client.Credentials = new NetworkCredential(user, current.Password);
        }

        using var message = new MailMessage(current.From, letter.To, letter.Subject, letter.Text);
        await client.SendMailAsync(message, cancellationToken);
    }
}

/// <summary>Writes mails to a folder, one file each, for development.</summary>
internal sealed class FolderMail(IOptionsMonitor<MailOptions> options, TimeProvider time) : IMailSender
{
    public async Task SendAsync(Letter letter, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(options.CurrentValue.Folder);
        var now = time.GetUtcNow();
        var text = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"From: {options.CurrentValue.From}\r\nTo: {letter.To}\r\n")
            .Append(CultureInfo.InvariantCulture, $"Subject: {letter.Subject}\r\nDate: {now:r}\r\n")
            .Append("Content-Type: text/plain; charset=utf-8\r\n\r\n")
            .Append(letter.Text);
        var name = $"{now.ToString("yyyyMMdd'T'HHmmss.fffffff", CultureInfo.InvariantCulture)}-{Guid.NewGuid():n}.eml";
        var part = Path.Combine(folder.FullName, name + ".part");
        await File.WriteAllTextAsync(part, text.ToString(), cancellationToken);
        File.Move(part, Path.ChangeExtension(part, null));
    }
}
