using System.Security.Cryptography;
using System.Text;
using Trading.ServiceDefaults.Logging;

namespace Trading.ServiceDefaults.Errors;

/// <summary>One error that was logged with its exception.</summary>
/// <param name="Fingerprint">The same for errors of the same kind at the same place, in every release and service.</param>
/// <param name="Service">Where it happened.</param>
/// <param name="Type">The exception's type.</param>
/// <param name="Template">The log message, without its values.</param>
/// <param name="Location">The uppermost frame of our own code; empty where there is none.</param>
/// <param name="Message">The exception's message, without secrets.</param>
/// <param name="TraceId">The trace that it happened in; null outside one.</param>
/// <param name="Time">When, UTC.</param>
public sealed record ErrorOccurrence(
    string Fingerprint,
    string Service,
    string Type,
    string Template,
    string Location,
    string Message,
    string? TraceId,
    DateTime Time)
{
    private const string Own = "Trading.";
    private const int FramesCompared = 3;
    private const int LongestMessage = 1000;

    internal static ErrorOccurrence Of(Exception exception, string service, string template, string? traceId, DateTime time)
    {
        var type = exception.GetType().FullName ?? exception.GetType().Name;
        var frames = FramesOf(exception);
        var kind = string.Join('\n', [type, template, .. frames.Take(FramesCompared)]);
        var message = Redaction.Clean(exception.Message);
        return new ErrorOccurrence(
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(kind)))[..16],
            service,
            type,
            Redaction.Clean(template),
            frames.FirstOrDefault() ?? string.Empty,
            StoredText.Of(message, LongestMessage),
            traceId,
            time);
    }

    // Without line numbers: they move with every change.
    private static string[] FramesOf(Exception exception) =>
        [.. new System.Diagnostics.StackTrace(exception.GetBaseException(), fNeedFileInfo: false).GetFrames()
            .Select(frame => frame.GetMethod())
            .Where(method => method?.DeclaringType?.FullName?.StartsWith(Own, StringComparison.Ordinal) == true)
            .Select(method => $"{method!.DeclaringType!.FullName}.{method.Name}")];
}
