#!/usr/bin/env dotnet
#:property PublishAot=false
#:property AssemblyName=trading-dev

// dotnet dev.cs up | test | bench | mutate | import FILE... | watch TICKER...
// Finds out what this machine offers, installs or names what is missing, builds, and runs it.
using System.Diagnostics;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

var root = Root();
var endpointsFile = Path.Combine(root, ".local", "endpoints.json");
Directory.CreateDirectory(Path.Combine(root, ".local"));
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) => { key.Cancel = true; stop.Cancel(); };
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => { signal.Cancel = true; stop.Cancel(); });

try
{
    return args switch
    {
        ["up", .. var rest] => await UpAsync(rest),
        ["test", .. var rest] => await TestAsync(rest),
        ["bench", .. var rest] => await BenchAsync(rest),
        ["mutate", .. var rest] when rest.Length <= 1 => await MutateAsync(rest.FirstOrDefault() ?? "1/24"),
        ["import", _, ..] => await ImportAsync(args[1..]),
        ["backup"] => await BackupAsync(),
        ["restore", .. var rest] => await RestoreAsync(rest),
        ["watch", _, ..] => await WatchAsync(args[1..]),
        _ => Usage(),
    };
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 130;
}
catch (Failure failure)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}

int Usage()
{
    Console.WriteLine("""
        dotnet dev.cs up [--port N] [--reset] [SETTING...]  start everything; Ctrl-C stops it; --reset starts empty
        dotnet dev.cs test [--unit] [RUNNER OPTION...]      run the tests
        dotnet dev.cs bench [NAME...]                       run the benchmarks against the peers
        dotnet dev.cs mutate [PART/OF]                      how many changed lines of Domain its tests notice (1/24: of every 24th file)
        dotnet dev.cs import FILE... [OPTION...]            load daily prices, corporate actions or names from CSV
        dotnet dev.cs backup                                base backup of the running system's database, and its log from then on
        dotnet dev.cs restore [BACKUP] [--to TIME]          the database of a backup, or as it was at a later moment
        dotnet dev.cs watch TICKER...                       live quotes in the terminal
        """);
    return args is [] or ["help" or "--help" or "-h"] ? 0 : 2;
}

async Task<int> UpAsync(string[] options)
{
    if (Running() is { } running)
    {
        throw new Failure($"Already running: {running.Url("web")} (process {running.AppHost}). Stop it with Ctrl-C there.");
    }

    var set = await PrepareAsync(["postgresql", "redis-server"]);
    if (options.Contains("--reset"))
    {
        await ResetAsync(set);
    }

    await BuildAsync("AppHost");
    var settings = options.Where(option => option != "--reset").Select(option => option == "--port" ? "--Port" : option);
    return await RunAsync("dotnet", [Program("AppHost", "AppHost"), .. settings], new() { ["DOTNET_ENVIRONMENT"] =
        Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") ?? "Development" }, Path.Combine(root, "AppHost"));
}

async Task<int> TestAsync(string[] options)
{
    var unit = options.Contains("--unit");
    await PrepareAsync(unit ? [] : ["postgresql", "redis-server", "chromium", "prometheus"]);
    await BuildAsync("AppHost");
    await BuildAsync("Tests");
    var results = Path.Combine(root, "TestResults", "tests.xml");
    Directory.CreateDirectory(Path.GetDirectoryName(results)!);
    File.Delete(results);
    string[] filter = unit ? ["-namespace", "Trading.Tests.Unit*"] : [];
    string[] arguments = ["-noLogo", "-xml", results, .. filter, .. options.Where(option => option != "--unit")];
    var code = options.Length > 0
        ? await RunAsync("dotnet", [Program("Tests", "Tests"), .. arguments])
        : await RunCountingLinesAsync(arguments);
    if (!File.Exists(results))
    {
        throw new Failure("The test runner ended without results.");
    }

    if (options.Length == 0)
    {
        ShowCoverage(Path.Combine(root, "TestResults", "coverage-Tests.json"));
    }

    var run = XDocument.Load(results).Descendants("assembly").ToArray();
    int Sum(string name) => run.Sum(assembly => (int)assembly.Attribute(name)!);
    var (passed, failed) = (Sum("passed"), Sum("failed") + Sum("errors"));
    ShowFailures(run);
    if (options.Length == 0 && Sum("errors") == 0 && await PassAloneAsync(run))
    {
        (passed, failed, code) = (passed + failed, 0, 0);
    }

    Console.WriteLine($"{passed} passed, {failed} failed, {Sum("skipped")} skipped");
    return failed > 0 || passed == 0 ? 1 : code;
}

// On a busy machine a test of processes, faults and deadlines may fail for the load beside it. Up to six, as they share one system, run once
// more with nothing beside them; a test that passes then has been shown above all the same, and is named unsteady, to be mended.
async Task<bool> PassAloneAsync(IEnumerable<XElement> run)
{
    var failed = run.Descendants("test").Where(test => test.Attribute("result")?.Value == "Fail").ToArray();
    var methods = failed.Select(test => $"{test.Attribute("type")?.Value}.{test.Attribute("method")?.Value}").Distinct().ToArray();
    if (methods.Length is 0 or > 6)
    {
        return false;
    }

    Console.WriteLine($"Once more, alone: {string.Join(", ", methods)}");
    string[] arguments = ["-noLogo", "-maxThreads", "1", .. methods.SelectMany(method => new[] { "-method", method })];
    var again = await RunAsync("dotnet", [Program("Tests", "Tests"), .. arguments]);
    Array.ForEach(again == 0 ? failed : [], test => Console.WriteLine($"UNSTEADY {test.Attribute("name")?.Value}"));
    return again == 0;
}

// Once more at the end, where they are not lost among what the tests wrote.
void ShowFailures(IEnumerable<XElement> run)
{
    foreach (var failure in run.Descendants("failure"))
    {
        Console.WriteLine($"FAILED {failure.Parent!.Attribute("name")?.Value}");
        Console.WriteLine($"  {failure.Element("message")?.Value.ReplaceLineEndings("\n  ")}");
        foreach (var place in (failure.Element("stack-trace")?.Value ?? string.Empty).Split('\n').Where(line => line.Contains("Tests")).Take(3))
        {
            Console.WriteLine($"  {place.Trim()}");
        }
    }
}

// Tests/Coverage.targets makes the assemblies count their lines and puts them back. Killed in between, the next build does that.
async Task<int> RunCountingLinesAsync(string[] arguments)
{
    string[] stamps = [Stamp("AppHost"), Stamp("Tests")];
    Array.ForEach(stamps, File.Delete);
    var code = await RunAsync(
        "dotnet",
        ["msbuild", Path.Combine(root, "Tests"), "-t:Coverage", "-p:Configuration=Release", "-nologo", "-v:minimal", "-nodeReuse:false"],
        new() { ["TEST_ARGUMENTS"] = string.Join(' ', arguments.Select(argument => $"\"{argument}\"")) });
    Array.ForEach(stamps, stamp => File.WriteAllText(stamp, string.Empty));
    return code;
}

void ShowCoverage(string file)
{
    using var result = JsonDocument.Parse(File.ReadAllText(file));
    foreach (var module in result.RootElement.EnumerateObject().OrderBy(module => module.Name, StringComparer.Ordinal))
    {
        var lines = (from document in module.Value.EnumerateObject()
                     from type in document.Value.EnumerateObject()
                     from method in type.Value.EnumerateObject()
                     from line in method.Value.GetProperty("Lines").EnumerateObject()
                     group line.Value.GetInt32() > 0 by (document.Name, line.Name)).ToArray();
        Console.WriteLine($"{lines.Count(line => line.Contains(true)) * 100.0 / lines.Length,6:0.0} % of {lines.Length,5} lines of "
            + $"{Path.GetFileNameWithoutExtension(module.Name)} were run");
    }
}

async Task<int> BenchAsync(string[] options)
{
    await PrepareAsync(["postgresql", "redis-server", "postgresql-client", "wrk", "nodejs", "npm", "python3-fastapi", "python3-uvicorn", "python3-redis",
        "python3-hiredis", "python3-uvloop", "python3-httptools", "r-cran-ttr"]);
    await BuildAsync("AppHost");
    await BuildAsync("Benchmarks");
    return await RunAsync("dotnet", [Program("Benchmarks", "Benchmarks"), .. options]);
}

// Every n-th file of Domain: all of them take hours. "1/1" is all, "2/24" the second twenty-fourth.
async Task<int> MutateAsync(string part)
{
    var asked = Regex.Match(part, @"^(\d\d?)/(\d\d?)$");
    var (which, of) = asked.Success ? (int.Parse(asked.Groups[1].Value), int.Parse(asked.Groups[2].Value)) : (0, 0);
    if (which < 1 || which > of)
    {
        throw new Failure($"{part} is no part of the whole; such are 1/24 and 24/24, or 1/1 for all.");
    }

    var domain = Path.Combine(root, "Domain");
    var files = Directory.EnumerateFiles(domain, "*.cs", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(domain, file))
        .Where(file => !file.StartsWith("obj") && !file.StartsWith("bin")).Order(StringComparer.Ordinal)
        .Where((_, number) => number % of == which - 1);
    var tests = Path.Combine(root, "Tests", "Mutation");
    var code = await RunAsync("dotnet", ["tool", "restore"], folder: tests);
    return code != 0 ? code : await RunAsync("dotnet", ["stryker", .. files.SelectMany(file => new[] { "--mutate", $"**/{file}" })], folder: tests);
}

async Task<int> ImportAsync(string[] options)
{
    if (Running() is { } running)
    {
        return await RunImportAsync(running, options);
    }

    Console.WriteLine("Nothing is running: starting for the time of the import.");
    await PrepareAsync(["postgresql", "redis-server"]);
    await BuildAsync("AppHost");
    using var host = Start("dotnet", [Program("AppHost", "AppHost")], [], Path.Combine(root, "AppHost"), quiet: true);
    try
    {
        return await RunImportAsync(await WaitUntilAsync(host, "pricingworker"), options);
    }
    finally
    {
        Signal(host.Id, 15);
        await host.WaitForExitAsync();
    }
}

Task<int> RunImportAsync(Endpoints endpoints, string[] options) => RunAsync(
    "dotnet",
    [Program("PricingWorker", "PricingWorker"), "import", .. options],
    new()
    {
        ["ConnectionStrings__tradingdb"] = endpoints.ConnectionString("tradingdb"),
    });

async Task<int> BackupAsync()
{
    var endpoints = Running() ?? throw new Failure("Nothing is running. Start it: dotnet dev.cs up");
    RequireCore("backup");
    var server = endpoints.ConnectionString("postgres").Split(';').Select(part => part.Split('=', 2))
        .ToDictionary(part => part[0].Trim().ToLowerInvariant(), part => part[^1]);
    return await RunAsync(Path.Combine(root, "deploy", "backup.sh"), [], new()
    {
        ["PGHOST"] = server["host"], ["PGPORT"] = server["port"], ["PGUSER"] = server["username"], ["PGPASSWORD"] = server["password"],
    });
}

async Task<int> RestoreAsync(string[] options)
{
    RequireCore("restore");
    if (Running() is { } running)
    {
        throw new Failure($"The system is running (process {running.AppHost}). Stop it with Ctrl-C there, then restore.");
    }

    var at = Array.IndexOf(options, "--to");
    var time = at >= 0 && at + 1 < options.Length ? options[at + 1] : "";
    var backup = options is [var name, ..] && !name.StartsWith("--") ? name : "latest";
    var data = KeptAt(Path.Combine(root, ".local", "data", "trading-postgres"));
    var secrets = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(root, ".local", "secrets.json"))).RootElement;
    var code = await RunAsync(
        Path.Combine(root, "deploy", "restore.sh"),
        [KeptAt(Path.Combine(root, ".local", "backups")), backup, data + ".restored", time],
        new() { ["NEW_PASSWORD"] = secrets.GetProperty("postgres-password").GetString()! });
    if (code == 0)
    {
        var before = $"{data}.before-{DateTimeOffset.Now.ToUniversalTime():yyyyMMdd'T'HHmmss'Z'}";
        Directory.Move(data, before);
        Directory.Move(data + ".restored", data);
        Console.WriteLine($"What was there before is in {before}. Start: dotnet dev.cs up");
    }

    return code;
}

static string KeptAt(string folder) => File.Exists(Path.Combine(folder, "kept-at")) ? File.ReadAllText(Path.Combine(folder, "kept-at")) : folder;

void RequireCore(string verb)
{
    if (Environment.GetEnvironmentVariable("PackageSet") == "full" || File.ReadAllText(Path.Combine(root, "PackageSet.local.props")).Contains(">full<"))
    {
        throw new Failure($"{verb} is for the servers that this program starts. For containers see docs/backup.md.");
    }
}

// An example of the protocol: subscribe, read price updates, and after a lost connection resume where it broke off.
async Task<int> WatchAsync(string[] tickers)
{
    var endpoints = Running() ?? throw new Failure("Nothing is running. Start it: dotnet dev.cs up");
    var address = new Uri(endpoints.Url("apiservice").Replace("http", "ws") + "/ws/terminal-" + Environment.ProcessId);
    var board = new Board([.. tickers.Select(ticker => ticker.ToUpperInvariant())]);
    long seq = 0;
    for (var delay = 1; !stop.IsCancellationRequested; delay = Math.Min(delay * 2, 15))
    {
        try
        {
            using var socket = new ClientWebSocket();
            await socket.ConnectAsync(address, stop.Token);
            delay = 1;
            await SendAsync(socket, new { action = "subscribe", tickers = board.Tickers });
            if (seq > 0)
            {
                await SendAsync(socket, new { action = "resume", seq });
            }

            await foreach (var message in MessagesAsync(socket))
            {
                seq = Math.Max(seq, board.Show(message));
            }
        }
        catch (WebSocketException)
        {
            board.Say($"reconnecting in {delay} s");
        }

        await Task.Delay(TimeSpan.FromSeconds(delay), stop.Token);
    }

    return 0;
}

Task SendAsync(ClientWebSocket socket, object message) =>
    socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, stop.Token);

async IAsyncEnumerable<JsonElement> MessagesAsync(ClientWebSocket socket)
{
    var buffer = new byte[64 * 1024];
    while (true)
    {
        var length = 0;
        ValueWebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer.AsMemory(length), stop.Token);
            length += part.Count;
        }
        while (!part.EndOfMessage);
        if (part.MessageType == WebSocketMessageType.Close)
        {
            yield break;
        }

        yield return JsonSerializer.Deserialize<JsonElement>(buffer.AsSpan(0, length));
    }
}

// Which package set can be restored here, and the system's packages that it needs.
async Task<string> PrepareAsync(string[] packages)
{
    var set = Environment.GetEnvironmentVariable("PackageSet") ?? await RememberedSetAsync();
    Environment.SetEnvironmentVariable("PackageSet", set);
    string[] missing = [.. packages.Where(package => !IsInstalled(package) && (set == "core" || package is not ("postgresql" or "redis-server")))];
    if (missing.Length > 0)
    {
        await InstallAsync(missing);
    }

    return set;
}

async Task<string> RememberedSetAsync()
{
    var file = Path.Combine(root, "PackageSet.local.props");
    if (File.Exists(file))
    {
        return Regex.Match(await File.ReadAllTextAsync(file), "<PackageSet>(\\w+)<").Groups[1].Value;
    }

    var set = await HasContainersAsync() && await RestoresAspireAsync() ? "full" : "core";
    await File.WriteAllTextAsync(file, $"<Project><PropertyGroup><PackageSet>{set}</PackageSet></PropertyGroup></Project>\n");
    Console.WriteLine($"Package set: {set} (remembered in PackageSet.local.props)");
    return set;
}

async Task<bool> HasContainersAsync() =>
    await SucceedsAsync("docker", ["info"]) || await SucceedsAsync("podman", ["info"]);

async Task<bool> RestoresAspireAsync()
{
    var version = Regex.Match(await File.ReadAllTextAsync(Path.Combine(root, "PackageSet.props")), "<AspireVersion>(.*?)<").Groups[1].Value;
    var folder = Directory.CreateTempSubdirectory("trading-probe").FullName;
    try
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "probe.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><PackageReference Include="Aspire.Hosting.Redis" Version="{version}" /></ItemGroup>
            </Project>
            """);
        return await SucceedsAsync("dotnet", ["restore", folder]);
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}

static bool IsInstalled(string package) => package switch
{
    "postgresql" => Directory.Exists("/usr/lib/postgresql") && Directory.GetFiles("/usr/lib/postgresql", "postgres", SearchOption.AllDirectories).Length > 0,
    "redis-server" => File.Exists("/usr/bin/redis-server") || File.Exists("/usr/bin/valkey-server") || File.Exists("/usr/local/bin/redis-server"),
    "nodejs" => OnPath("node"),
    "postgresql-client" => OnPath("psql"),
    _ when package.StartsWith("python3-") => Directory.Exists($"/usr/share/doc/{package}"),
    "r-cran-ttr" => Directory.Exists("/usr/lib/R/site-library/TTR"),
    _ => OnPath(package),
};

static bool OnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

async Task InstallAsync(string[] packages)
{
    var names = string.Join(' ', packages);
    var root = Environment.UserName == "root";
    if (!OnPath("apt-get") || !(root || await SucceedsAsync("sudo", ["-n", "true"])))
    {
        throw new Failure($"Missing here: {names}. Install them, for example: sudo apt-get install {names}");
    }

    Console.WriteLine($"Installing {names}");
    // Run level 1: the packages' own services stay off, ours run beside them.
    string[] apt = ["env", "DEBIAN_FRONTEND=noninteractive", "RUNLEVEL=1", "apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"];
    string[] command = root ? apt : ["sudo", "-n", .. apt];
    if (await RunAsync(command[0], [.. command[1..], "update"]) != 0
        || await RunAsync(command[0], [.. command[1..], "install", "-y", "--no-install-recommends", .. packages], log: "install.log") != 0)
    {
        throw new Failure($"apt-get could not install {names}; its output is in .local/install.log");
    }
}

async Task BuildAsync(string project)
{
    // Nothing newer than the last build: starting takes a second, asking MSBuild takes five.
    var stamp = Stamp(project);
    var program = Program(project, project);
    if (File.Exists(stamp) && File.Exists(program) && NewestSource() < File.GetLastWriteTimeUtc(stamp))
    {
        return;
    }

    var startedAt = Stopwatch.GetTimestamp();
    Console.WriteLine($"Building {project}");
    if (await RunAsync("dotnet", ["build", Path.Combine(root, project), "-c", "Release", "-v", "quiet", "-nologo"]) != 0)
    {
        throw new Failure($"{project} does not build.");
    }

    Console.WriteLine($"Built in {Stopwatch.GetElapsedTime(startedAt).TotalSeconds:0} s");
    await File.WriteAllTextAsync(stamp, string.Empty);
}

string Stamp(string project) => Path.Combine(root, ".local", $"built-{project}-{Environment.GetEnvironmentVariable("PackageSet")}");

DateTime NewestSource() => Directory.EnumerateDirectories(root)
    .Where(folder => Path.GetFileName(folder) is not (".git" or ".local" or "TestResults" or "docs" or "deploy"))
    .SelectMany(Sources)
    .Concat(Directory.EnumerateFiles(root, "*.props"))
    .Max(File.GetLastWriteTimeUtc);

static IEnumerable<string> Sources(string folder) => Path.GetFileName(folder) is "bin" or "obj"
    ? []
    : Directory.EnumerateFiles(folder).Concat(Directory.EnumerateDirectories(folder).SelectMany(Sources));

string Program(string project, string name) => Path.Combine(root, project, "bin", "Release", "net10.0", $"Trading.{name}.dll");

async Task ResetAsync(string set)
{
    var data = Path.Combine(root, ".local", "data");
    if (Directory.Exists(data))
    {
        Directory.Delete(data, recursive: true);
    }

    foreach (var engine in set == "full" ? new[] { "docker", "podman" } : [])
    {
        await SucceedsAsync(engine, ["volume", "rm", "-f", "trading-postgres", "trading-cache"]);
    }
}

Endpoints? Running()
{
    if (!File.Exists(endpointsFile))
    {
        return null;
    }

    var endpoints = new Endpoints(JsonDocument.Parse(File.ReadAllText(endpointsFile)).RootElement);
    try
    {
        using var host = Process.GetProcessById(endpoints.AppHost);
        return host.HasExited ? null : endpoints;
    }
    catch (ArgumentException)
    {
        return null;
    }
}

async Task<Endpoints> WaitUntilAsync(Process host, string resource)
{
    for (var attempt = 0; attempt < 600 && !host.HasExited; attempt++)
    {
        if (Running() is { } endpoints && endpoints.State(resource) == "Healthy")
        {
            return endpoints;
        }

        await Task.Delay(200, stop.Token);
    }

    throw new Failure($"{resource} did not become ready. Its output is in .local/logs.");
}

async Task<bool> SucceedsAsync(string program, string[] arguments) =>
    OnPath(program) && await RunAsync(program, arguments, log: "probe.log") == 0;

async Task<int> RunAsync(
    string program, string[] arguments, Dictionary<string, string>? environment = null, string? folder = null, string? log = null)
{
    using var process = Start(program, arguments, environment ?? [], folder ?? Directory.GetCurrentDirectory(), quiet: log is not null);
    if (log is not null)
    {
        await using var file = File.Create(Path.Combine(root, ".local", log));
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.BaseStream.CopyToAsync(file);
        await file.WriteAsync(System.Text.Encoding.UTF8.GetBytes(await error));
    }

    try
    {
        await process.WaitForExitAsync(stop.Token);
    }
    catch (OperationCanceledException)
    {
        Console.WriteLine("Stopping");
        // Ctrl-C in a terminal reaches the child as well; a SIGTERM reaches this process alone.
        Signal(process.Id, 15);
        await process.WaitForExitAsync();
    }

    return process.ExitCode;
}

static Process Start(string program, string[] arguments, Dictionary<string, string> environment, string folder, bool quiet)
{
    var start = new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = folder,
        RedirectStandardOutput = quiet,
        RedirectStandardError = quiet,
    };
    foreach (var (name, value) in environment)
    {
        start.Environment[name] = value;
    }

    return Process.Start(start)!;
}

[DllImport("libc", EntryPoint = "kill")]
static extern int Signal(int process, int signal);

static string Root([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

sealed class Failure(string message) : Exception(message);

sealed record Endpoints(JsonElement File)
{
    public int AppHost => File.GetProperty("app_host").GetInt32();

    public string Url(string service) => File.GetProperty("urls").GetProperty(service).GetString()!;

    public string ConnectionString(string store) => File.GetProperty("connection_strings").GetProperty(store).GetString()!;

    public string? State(string resource) =>
        File.GetProperty("states").TryGetProperty(resource, out var state) ? state.GetString() : null;
}

// One line per ticker, rewritten in place; where the output is no terminal, one line per update.
sealed class Board(string[] tickers)
{
    private readonly Dictionary<string, string> _lines = [];
    private readonly Dictionary<string, long> _seqs = [];
    private bool _drawn;

    public string[] Tickers => tickers;

    public long Show(JsonElement message)
    {
        switch (message.GetProperty("type").GetString())
        {
            case "price_update":
                Update(message);
                return message.GetProperty("seq").GetInt64();
            case "error":
                Say(message.GetProperty("message").GetString()!);
                return 0;
            default:
                return 0;
        }
    }

    public void Say(string text)
    {
        Console.Error.WriteLine(text);
        _drawn = false;
    }

    private void Update(JsonElement quote)
    {
        var ticker = quote.GetProperty("ticker").GetString()!;
        // After a lost connection the newest quote comes first, then those that were missed.
        var seq = quote.GetProperty("seq").GetInt64();
        if (seq < _seqs.GetValueOrDefault(ticker))
        {
            return;
        }

        _seqs[ticker] = seq;
        var change = quote.GetProperty("change").ValueKind == JsonValueKind.Number ? quote.GetProperty("change").GetDouble() : 0;
        var percent = quote.GetProperty("change_percent").ValueKind == JsonValueKind.Number ? quote.GetProperty("change_percent").GetDouble() : 0;
        var time = DateTimeOffset.FromUnixTimeMilliseconds((long)(quote.GetProperty("timestamp").GetDouble() * 1000)).ToLocalTime();
        var (colour, arrow) = change switch { > 0 => ("\e[32m", "▲"), < 0 => ("\e[31m", "▼"), _ => ("", " ") };
        _lines[ticker] = $"{ticker,-12} {quote.GetProperty("price").GetDouble(),12:0.00##} {colour}{arrow} {change,10:+0.00;-0.00;0.00} {percent,8:+0.00;-0.00;0.00} %\e[0m "
            + $"{quote.GetProperty("volume").GetDouble(),16:#,0}  {time:HH:mm:ss.f}";
        if (Console.IsOutputRedirected)
        {
            Console.WriteLine(Regex.Replace(_lines[ticker], "\e\\[\\d+m", string.Empty));
            return;
        }

        Console.Write(_drawn ? $"\e[{tickers.Length}A" : string.Empty);
        foreach (var shown in tickers)
        {
            Console.WriteLine($"\e[2K{_lines.GetValueOrDefault(shown, shown)}");
        }

        _drawn = true;
    }
}
