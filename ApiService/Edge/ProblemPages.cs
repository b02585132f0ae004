using Trading.Contracts;

namespace Trading.ApiService.Edge;

/// <summary>Gives a body to what the framework refuses with a bare status.</summary>
internal static class ProblemPages
{
    public static ApiProblem For(int status, PathString path) =>
        (status == StatusCodes.Status404NotFound ? ApiVersions.Refuse(path) : null) ?? For(status);

    public static ApiProblem For(int status) => status switch
    {
        StatusCodes.Status404NotFound => new(
            status, ErrorCodes.NotFound, "There is nothing at this path; /openapi/v1.json lists what there is."),
        StatusCodes.Status405MethodNotAllowed => new(
            status, ErrorCodes.MethodNotAllowed, "The path does not take this method; Allow lists those it takes."),
        StatusCodes.Status413PayloadTooLarge => new(
            status, ErrorCodes.BodyTooLarge, "The body, unpacked, may have 1 MB; send less at a time."),
        StatusCodes.Status415UnsupportedMediaType => new(
            status, ErrorCodes.UnsupportedMediaType, "Send the body as application/json."),
        >= StatusCodes.Status500InternalServerError => new(
            status, ErrorCodes.Internal, "The server failed; try again, and report the trace_id if it stays so."),
        _ => new(status, ErrorCodes.BadRequest, "The request cannot be read; compare it with /openapi/v1.json."),
    };

    public static IApplicationBuilder UseProblemPages(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(_ => { });
        return app.UseStatusCodePages(pages =>
            For(pages.HttpContext.Response.StatusCode, pages.HttpContext.Request.Path).ExecuteAsync(pages.HttpContext));
    }
}
