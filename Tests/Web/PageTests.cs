using Microsoft.Playwright;
using Trading.Tests.Integration;

namespace Trading.Tests.Web;

/// <summary>Tests that use the running system's pages in a browser, as people do.</summary>
public abstract class PageTests(TradingSystem system) : IAsyncLifetime
{
    // On a busy machine a page takes its time.
    private const float Patience = 60_000;

    private static readonly string[] _flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected TradingSystem Running => system;

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions { ExecutablePath = "/usr/bin/chromium", Args = _flags });
    }

    public async ValueTask DisposeAsync()
    {
        await (_browser?.CloseAsync() ?? Task.CompletedTask);
        _playwright?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Cookies and storage of its own, as another browser has.</summary>
    protected async Task<IBrowserContext> NewContextAsync()
    {
        var context = await _browser!.NewContextAsync();
        context.SetDefaultTimeout(Patience);
        return context;
    }

    protected async Task<IPage> NewPageAsync() => await (await NewContextAsync()).NewPageAsync();

    /// <summary>A page after its user has signed in on the way to it.</summary>
    /// <param name="user">Who signs in.</param>
    /// <param name="path">Without the slash at the start.</param>
    protected async Task<IPage> OpenAsync(TestUser user, string path)
    {
        var page = await NewPageAsync();
        await page.GotoAsync(AddressOf($"/account/login?then={Uri.EscapeDataString("/" + path)}"));
        await SignInAsync(page, user.Email, user.Password);
        await page.Locator("[data-testid=user]").WaitForAsync();
        return page;
    }

    protected static async Task SignInAsync(IPage page, string email, string password)
    {
        await page.Locator("form input[name=email]").FillAsync(email);
        await page.Locator("form input[name=password]").FillAsync(password);
        await page.ClickAsync("button.primary");
    }

    protected string AddressOf(string path) => new Uri(system.WebAddress, path).ToString();

    /// <summary>At the width of a desk and of a telephone, where a folder for it is named.</summary>
    protected static async Task PhotographAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is not { Length: > 0 } folder)
        {
            return;
        }

        foreach (var (suffix, width, colours) in new[]
        {
            ("", 1400, ColorScheme.Light), ("-dark", 1400, ColorScheme.Dark), ("-narrow", 390, ColorScheme.Light),
        })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = colours });
            await page.SetViewportSizeAsync(width, 900);
            await page.EvaluateAsync("scrollTo(0, 0)");
            await page.ScreenshotAsync(
                new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}{suffix}.png"), FullPage = true });
        }

        await page.SetViewportSizeAsync(1280, 720);
    }
}
