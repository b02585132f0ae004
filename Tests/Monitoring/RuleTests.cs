namespace Trading.Tests.Monitoring;

/// <summary>What is deployed for Prometheus, as its own tool judges it.</summary>
public sealed class RuleTests
{
    [Theory]
    [InlineData("check config prometheus.yml")]
    [InlineData("check rules rules.yml")]
    [InlineData("test rules rules_test.yml")]
    public async Task Promtool_accepts_what_is_deployed(string arguments)
    {
        var folder = PrometheusServer.Prepare(system: null, 9090);
        try
        {
            var (code, said) = await Promtool.RunAsync(arguments, folder, "", TestContext.Current.CancellationToken);

            Assert.True(code == 0, said);
            Assert.Contains("SUCCESS", said, StringComparison.Ordinal);
            Assert.DoesNotContain("FAILED", said, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Each_alert_is_tested_to_fire_and_to_stay_silent()
    {
        var tests = File.ReadAllText(Path.Combine(DeployedFiles.Prometheus, "rules_test.yml"));

        foreach (var (alert, _) in DeployedFiles.Alerts())
        {
            Assert.Contains($"- name: {alert} fires\n", tests, StringComparison.Ordinal);
            Assert.Contains($"- name: {alert} stays silent\n", tests, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Each_alert_links_to_its_runbook_and_each_runbook_belongs_to_an_alert()
    {
        var alerts = DeployedFiles.Alerts();
        foreach (var (alert, text) in alerts)
        {
            Assert.Contains($"runbook: docs/runbooks/{alert}.md\n", text, StringComparison.Ordinal);
            var page = File.ReadAllText(Path.Combine(DeployedFiles.Runbooks, alert + ".md"));
            Assert.StartsWith($"# {alert}\n", page, StringComparison.Ordinal);
            Assert.All(
                ["## Symptom", "## Meaning", "## What to look at", "## What to do", "```sh"],
                part => Assert.Contains($"\n{part}\n", page, StringComparison.Ordinal));
        }

        Assert.Equal(
            alerts.Select(alert => alert.Name).Order(StringComparer.Ordinal),
            Directory.GetFiles(DeployedFiles.Runbooks, "*.md")
                .Select(file => Path.GetFileNameWithoutExtension(file)).Where(name => name != "README")
                .Order(StringComparer.Ordinal));
    }
}
