using Microsoft.Extensions.Options;

namespace Trading.ApiService.Auth.Mail;

/// <summary>What accounts are written about.</summary>
internal sealed class AccountLetters(MailQueue mail, IOptionsMonitor<AuthOptions> options)
{
    public void Confirm(string email, string token) => mail.Send(new Letter(
        email,
        "Confirm your address",
        $"Welcome. Confirm this address to sign in:\r\n\r\n{Link("confirm", email, token)}\r\n\r\n"
        + "If you have not registered, do nothing.\r\n"));

    public void AlreadyRegistered(string email) => mail.Send(new Letter(
        email,
        "You have an account already",
        "Someone, perhaps you, asked for a new account with this address. You have one: sign in, or set a new password at\r\n\r\n"
        + $"{options.CurrentValue.WebUrl}/account/forgot\r\n"));

    public void Reset(string email, string token) => mail.Send(new Letter(
        email,
        "Set a new password",
        $"Set a new password here, within a day:\r\n\r\n{Link("reset", email, token)}\r\n\r\n"
        + "If you have not asked for it, do nothing: your password stays.\r\n"));

    public void PasswordChanged(string email) => mail.Send(new Letter(
        email,
        "Your password was changed",
        "The password of your account was changed, and every other session has ended.\r\n"
        + $"If this was not you, set a new one at once:\r\n\r\n{options.CurrentValue.WebUrl}/account/forgot\r\n"));

    public void WebhookPaused(string email, string url) => mail.Send(new Letter(
        email,
        "A webhook was paused",
        $"Nothing has been taken for days at\r\n\r\n{url}\r\n\r\nso nothing is sent there any more. Go on with it here:"
        + $"\r\n\r\n{options.CurrentValue.WebUrl}/account/webhooks\r\n"));

    private string Link(string page, string email, string token) =>
        $"{options.CurrentValue.WebUrl}/account/{page}?email={Uri.EscapeDataString(email)}&token={Uri.EscapeDataString(token)}";
}
