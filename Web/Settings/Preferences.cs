using Microsoft.JSInterop;

namespace Trading.Web.Settings;

/// <summary>What this browser's user chose: remembered there, applied by site.js before the first paint.</summary>
public sealed class Preferences(IJSRuntime js)
{
    public event EventHandler? Changed;

    public string Theme { get; private set; } = "system";

    public string Palette { get; private set; } = "standard";

    public string Clock { get; private set; } = "exchange";

    /// <summary>The browser's own IANA time zone.</summary>
    public string LocalZone { get; private set; } = "Etc/UTC";

    public async Task LoadAsync()
    {
        var stored = await js.InvokeAsync<Stored>("trading.preferences");
        (Theme, Palette, Clock, LocalZone) = (stored.Theme, stored.Palette, stored.Clock, stored.LocalZone);
        Changed?.Invoke(this, EventArgs.Empty);
    }

    public Task SetThemeAsync(string theme) => SetAsync("theme", Theme = theme);

    public Task SetPaletteAsync(string palette) => SetAsync("palette", Palette = palette);

    public Task SetClockAsync(string clock) => SetAsync("clock", Clock = clock);

    /// <summary>The IANA zone in which to show the times of an instrument of an exchange in this zone.</summary>
    public string ZoneFor(string exchangeZone) => Clock switch
    {
        "local" => LocalZone,
        "utc" => "Etc/UTC",
        _ => exchangeZone,
    };

    private async Task SetAsync(string name, string value)
    {
        await js.InvokeVoidAsync("trading.setPreference", name, value);
        Changed?.Invoke(this, EventArgs.Empty);
    }

    private sealed record Stored(string Theme, string Palette, string Clock, string LocalZone);
}
