namespace Trading.ApiService.Edge;

/// <summary>An answer whose JSON is written already.</summary>
internal sealed record JsonBytes(ReadOnlyMemory<byte> Body, int Status = StatusCodes.Status200OK) : IResult
{
    public string? Location { get; init; }

    /// <summary>Saves the answer as a file of this name; null shows it.</summary>
    public string? FileName { get; init; }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = "application/json; charset=utf-8";
        if (Location is not null)
        {
            response.Headers.Location = Location;
        }

        if (FileName is not null)
        {
            response.Headers.ContentDisposition = $"attachment; filename=\"{FileName}\"";
        }

        await response.Body.WriteAsync(Body, httpContext.RequestAborted);
    }
}
