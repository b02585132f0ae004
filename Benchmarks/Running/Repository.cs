namespace Trading.Benchmarks.Running;

/// <summary>Where the source tree, its builds and the shared data and peers are.</summary>
internal sealed record Repository(string Root)
{
    public string Results => Path.Combine(Root, ".local", "bench");

    public static Repository Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Trading.Aspire.sln")))
            {
                return new Repository(folder.FullName);
            }
        }

        throw new DirectoryNotFoundException("Trading.Aspire.sln is in none of the folders above this program.");
    }

    /// <summary>The program of a project, of the same configuration as this one.</summary>
    public string Program(string project)
    {
        var output = Path.GetRelativePath(Path.Combine(Root, "Benchmarks"), AppContext.BaseDirectory);
        var program = Path.Combine(Root, project, output, $"Trading.{project}.dll");
        return File.Exists(program)
            ? program
            : throw new FileNotFoundException($"{project} is not built. Build it: dotnet build {project} -c Release", program);
    }

    /// <summary>Data and peers that are no part of the repository.</summary>
    public string Shared(string path)
    {
        var folder = Environment.GetEnvironmentVariable("TRADING_SHARED") ?? Path.Combine(Root, "..", "shared");
        var file = Path.GetFullPath(Path.Combine(folder, path));
        return File.Exists(file)
            ? file
            : throw new ScenarioSkippedException($"{path} is not there; TRADING_SHARED names the folder that holds it.");
    }
}
