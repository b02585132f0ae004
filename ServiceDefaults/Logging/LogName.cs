using System.Globalization;

namespace Trading.ServiceDefaults.Logging;

/// <summary>
/// The name of a process's log files: its service's, or where another replica writes to those already, with the next number.
/// It is held by a lock on a file beside them, which ends with the process however that ends.
/// </summary>
internal sealed class LogName : IDisposable
{
    private const int Most = 100;

    private readonly FileStream _lock;

    private LogName(string value, FileStream held) => (Value, _lock) = (value, held);

    public string Value { get; }

    public static LogName Claim(string folder, string service)
    {
        Directory.CreateDirectory(folder);
        for (var number = 1; ; number++)
        {
            var name = number == 1 ? service : string.Create(CultureInfo.InvariantCulture, $"{service}-{number}");
            try
            {
                return new LogName(name, new FileStream(
                    Path.Combine(folder, name + ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException) when (number < Most)
            {
                // Another process has it.
            }
        }
    }

    public void Dispose() => _lock.Dispose();
}
