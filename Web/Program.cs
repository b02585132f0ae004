using Radzen;
using Trading.ServiceDefaults;
using Trading.ServiceDefaults.Settings;
using Trading.Web;
using Trading.Web.Accounts;
using Trading.Web.Instruments;
using Trading.Web.Live;
using Trading.Web.Operations;
using Trading.Web.Settings;
using Trading.Web.Watchlists;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.RequireSecrets(new RequiredSecret("ServiceKey", 24));
// Started as `dotnet Trading.Web.dll` the assets of packages are found only when asked for.
builder.WebHost.UseStaticWebAssets();

builder.AddTradingApi();
builder.AddSystem();
builder.Services.AddRazorComponents().AddInteractiveServerComponents();
builder.Services.AddRadzenComponents();
builder.Services.AddSingleton<LiveQuotes>();
builder.Services.AddHostedService(services => services.GetRequiredService<LiveQuotes>());
builder.Services.AddSingleton<InstrumentDirectory>();
builder.Services.AddSingleton<RecentCloses>();
builder.Services.AddScoped<Preferences>();
builder.Services.AddScoped<WatchlistStore>();
builder.AddSessions();
builder.AddFormTokens();

var app = builder.Build();
app.UseKnownProxies();
app.UseExceptionHandler("/error", createScopeForErrors: true);
app.UseStatusCodePagesWithReExecute("/not-found");
app.UseSecurityHeaders();
app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();
app.MapStaticAssets();
// Our own policy says who may frame the pages: nobody.
app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
app.MapSessions();
app.MapFiles();
app.MapDefaultEndpoints();
return await app.RunCheckedAsync();
