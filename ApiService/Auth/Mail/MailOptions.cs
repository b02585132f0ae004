namespace Trading.ApiService.Auth.Mail;

/// <summary>How mails are sent; section <c>Mail</c>.</summary>
internal sealed class MailOptions
{
    public const string Section = "Mail";

    /// <summary>The SMTP server; without one mails are written to <see cref="Folder"/>.</summary>
    public string? Host { get; set; }

    public int Port { get; set; } = 587;

    public bool UseTls { get; set; } = true;

    public string? User { get; set; }

    public string? Password { get; set; }

    public string From { get; set; } = "trading@localhost.local";

    /// <summary>Where mails are put as .eml files while there is no server.</summary>
    public string Folder { get; set; } = "mail";
}
