using Trading.Contracts;
using Trading.Tests.Integration;

namespace Trading.Tests.Web;

/// <summary>Files that pages link to.</summary>
[Collection(SystemTests.Name)]
public sealed class ExportTests(TradingSystem system) : PageTests(system)
{
    [Fact]
    public async Task Signals_are_exported_as_they_are_filtered_and_only_to_who_is_signed_in()
    {
        var user = await Running.SignInAsync(Cancellation);
        using var own = user.Http;
        await Eventually.IsTrueAsync(
            async () => (await user.Api.SearchSignalsAsync(
                new SignalSearch { State = "stopped", Limit = 1 }, Cancellation)).Items.Count > 0,
            "a signal that was stopped",
            TimeSpan.FromMinutes(2));
        var page = await OpenAsync(user, "signals");
        // What is chosen before the page is connected is not heard.
        await page.Locator("[data-testid=signals], .empty").First.WaitForAsync();
        await page.SelectOptionAsync("[data-testid=state]", "stopped");

        var link = page.Locator("[data-testid=export][href*='state=stopped']");
        await link.WaitForAsync();
        var address = new Uri(Running.WebAddress, await link.GetAttributeAsync("href")).ToString();
        var file = await page.Context.APIRequest.GetAsync(address);
        await using var elsewhere = await NewContextAsync();
        var stranger = await elsewhere.APIRequest.GetAsync(address);

        var lines = (await file.TextAsync()).TrimEnd().Split('\n');
        Assert.StartsWith("id,ticker,interval,time,direction,state", lines[0], StringComparison.Ordinal);
        Assert.True(lines.Length > 1, "Some were stopped.");
        Assert.All(lines[1..], line => Assert.Contains(",stopped,", line, StringComparison.Ordinal));
        Assert.Equal(401, stranger.Status);
    }

    [Fact]
    public async Task The_audit_trail_is_exported_as_it_is_searched_and_only_to_admins()
    {
        var admin = await Running.SignInAsync(Cancellation, Roles.Admin);
        using var own = admin.Http;
        var page = await OpenAsync(admin, "admin/audit");
        await page.Locator("[data-testid=audit] tbody tr").First.WaitForAsync();
        await page.FillAsync("input[placeholder^='Action']", "login");
        await page.Keyboard.PressAsync("Tab");

        var link = page.Locator("[data-testid=export][href*='action=login']");
        await link.WaitForAsync();
        var address = new Uri(Running.WebAddress, await link.GetAttributeAsync("href")).ToString();
        var file = await page.Context.APIRequest.GetAsync(address);
        var reader = await Running.SignInAsync(Cancellation);
        using var others = reader.Http;
        var refused = await (await OpenAsync(reader, "signals")).Context.APIRequest.GetAsync(address);

        var records = Records(await file.TextAsync());
        Assert.StartsWith("id,time,actor,action,outcome", records[0], StringComparison.Ordinal);
        Assert.Contains(records, record => record.Contains(admin.Email, StringComparison.Ordinal));
        Assert.All(records[1..], record => Assert.Contains(",login,", record, StringComparison.Ordinal));
        Assert.Equal(403, refused.Status);
    }

    /// <summary>The records of a CSV file; what somebody typed may hold line breaks, within quotes.</summary>
    private static List<string> Records(string csv)
    {
        var records = new List<string>();
        foreach (var line in csv.TrimEnd().Split('\n'))
        {
            if (records.Count > 0 && records[^1].Count(character => character == '"') % 2 == 1)
            {
                records[^1] += $"\n{line}";
            }
            else
            {
                records.Add(line);
            }
        }

        return records;
    }
}
