using System.Reflection;
using System.Text.RegularExpressions;

namespace Trading.Tests.OpenApi;

/// <summary>docs/guarantees.md names tests that there are.</summary>
public sealed partial class GuaranteeTests
{
    [Fact]
    public void Every_test_that_the_guarantees_name_is_there()
    {
        var tests = typeof(GuaranteeTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Where(method => method.GetCustomAttributes().Any(attribute => attribute is FactAttribute))
            .Select(method => method.Name)
            .ToHashSet(StringComparer.Ordinal);
        var named = Rows().Matches(File.ReadAllText(Path.Combine(RepositoryFolder.Path, "docs", "guarantees.md")))
            .SelectMany(row => Name().Matches(row.Value)).Select(name => name.Groups[1].Value).ToArray();

        Assert.True(named.Length > 40, "The table was not found.");
        Assert.DoesNotContain(named, name => !tests.Contains(name));
    }

    [GeneratedRegex(@"^\| \d.*$", RegexOptions.Multiline)]
    private static partial Regex Rows();

    [GeneratedRegex("`([A-Z][A-Za-z0-9]*(?:_[A-Za-z0-9_]*))`")]
    private static partial Regex Name();
}
