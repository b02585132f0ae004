using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using OpenTelemetry.Instrumentation.AspNetCore;

namespace OpenTelemetry.Trace
{
    public static class StandaloneTracingInstrumentation
    {
        public static TracerProviderBuilder AddAspNetCoreInstrumentation(
            this TracerProviderBuilder builder, Action<AspNetCoreTraceInstrumentationOptions>? configure = null)
        {
            var options = new AspNetCoreTraceInstrumentationOptions();
            configure?.Invoke(options);
            return builder.AddSource("Microsoft.AspNetCore").AddProcessor(new RequestFilter(options));
        }

        public static TracerProviderBuilder AddHttpClientInstrumentation(this TracerProviderBuilder builder) =>
            builder.AddSource("System.Net.Http");

        /// <summary>Drops the spans of requests that the filter refuses: .NET's own source knows no filter.</summary>
        private sealed class RequestFilter(AspNetCoreTraceInstrumentationOptions options) : BaseProcessor<Activity>
        {
            public override void OnEnd(Activity data)
            {
                if (data.Source.Name == "Microsoft.AspNetCore"
                    && data.GetTagItem("url.path") is string path
                    && options.Filter is { } filter
                    && !filter(new DefaultHttpContext { Request = { Path = path } }))
                {
                    data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
                }
            }
        }
    }
}

namespace OpenTelemetry.Instrumentation.AspNetCore
{
    public class AspNetCoreTraceInstrumentationOptions
    {
        public Func<HttpContext, bool>? Filter { get; set; }
    }
}
