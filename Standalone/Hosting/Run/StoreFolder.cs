using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Trading.Standalone.Hosting;

/// <summary>
/// The data folder of a store. PostgreSQL refuses to run as root, so root's is owned by the postgres user; where that
/// user cannot enter the project's folder, as below /root, the data are kept under /var/lib.
/// </summary>
internal sealed class StoreFolder
{
    private StoreFolder(string path, bool kept)
    {
        Path = path;
        IsKept = kept;
    }

    public string Path { get; }

    public bool IsKept { get; }

    public bool IsNew => !Directory.EnumerateFileSystemEntries(Path).Any();

    /// <summary>Runs a program as the folder's owner, in a session of its own so that Ctrl-C reaches the host alone.</summary>
    public static Launch AsOwner(string user, string program, params string[] arguments) => ProcessSignals.IsRoot
        ? new Launch(
            "setsid",
            ["setpriv", $"--reuid={user}", $"--regid={user}", "--init-groups", "--reset-env", program, .. arguments])
        : new Launch("setsid", [program, .. arguments]);

    public static Task<StoreFolder> OpenAsync(
        LocalFolders folders, string resource, string? keptName, string user, CancellationToken cancellation)
    {
        var wanted = keptName is null
            ? System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"trading-{resource}-{Guid.NewGuid():n}")
            : System.IO.Path.Combine(folders.Root, "data", keptName);
        return OpenAsync(wanted, resource, keptName is not null, user, cancellation);
    }

    public static async Task<StoreFolder> OpenAsync(
        string wanted, string resource, bool isKept, string user, CancellationToken cancellation)
    {
        Directory.CreateDirectory(wanted);
        if (!ProcessSignals.IsRoot)
        {
            return new StoreFolder(wanted, isKept);
        }

        if (!await SucceedsAsync("setpriv", ["--reuid", user, "--regid", user, "--init-groups", "test", "-x", wanted], cancellation))
        {
            wanted = Elsewhere(wanted, resource);
        }

        await SucceedsAsync("chown", ["-R", $"{user}:", wanted], cancellation);
        await SucceedsAsync("chmod", ["700", wanted], cancellation);
        return new StoreFolder(wanted, isKept);
    }

    public void DeleteUnlessKept()
    {
        if (!IsKept && Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }

    /// <summary>The folder under /var/lib; emptied where the project's own folder was, so that a reset reaches it too.</summary>
    private static string Elsewhere(string wanted, string resource)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(wanted)))[..12];
        var elsewhere = $"/var/lib/trading-aspire/{name}-{resource}";
        var note = System.IO.Path.Combine(wanted, "kept-at");
        if (!File.Exists(note) && Directory.Exists(elsewhere))
        {
            Directory.Delete(elsewhere, recursive: true);
        }

        Directory.CreateDirectory(elsewhere);
        File.WriteAllText(note, elsewhere);
        return elsewhere;
    }

    private static async Task<bool> SucceedsAsync(string program, string[] arguments, CancellationToken cancellation)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode == 0;
    }
}
