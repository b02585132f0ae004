using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Trading.ApiService.Edge;
using Trading.ApiService.Instruments;
using Trading.ApiService.Limits;
using Trading.Contracts;

namespace Trading.ApiService.Quotes;

/// <summary>The newest quotes. A read copies bytes of the board and touches no store.</summary>
internal static class QuotesApi
{
    public static void MapQuotes(this IEndpointRouteBuilder routes)
    {
        var quotes = routes.MapGroup("/quotes").WithTags("Quotes").AllowAnonymous().IsPublicRead();
        quotes.MapGet("/{ticker}", GetQuote)
            .WithName("GetQuote")
            .WithSummary("The newest quote of an instrument")
            .Produces<QuoteResponse>()
            .ProducesProblems(400, 404, 429, 503);
        quotes.MapGet("", GetQuotes)
            .WithName("GetQuotes")
            .WithSummary("The newest quotes of up to 500 instruments")
            .WithDescription("Quotes come in the order asked for, each ticker once. One unknown ticker fails the whole,"
                + " and `tickers` of the problem names it.")
            .Produces<QuoteBatchResponse>()
            .ProducesProblems(400, 404, 429, 503);
    }

    private static Task GetQuote(string ticker, HttpContext context, QuoteBoard board, InstrumentDirectory directory) =>
        board.TryFind(ticker.AsSpan(), out var slot) && slot.HasQuote
            ? QuoteBody.WriteAsync(context.Response, slot)
            : SearchAsync(ticker, context, board, directory);

    private static async Task SearchAsync(
        string text, HttpContext context, QuoteBoard board, InstrumentDirectory directory)
    {
        if (!TickerText.TryRead(text, out var ticker))
        {
            await ApiProblem.InvalidTicker().ExecuteAsync(context);
        }
        else if (board.TryFind(ticker.AsSpan(), out var slot) && slot.HasQuote)
        {
            await QuoteBody.WriteAsync(context.Response, slot);
        }
        else if (slot is null && await directory.FindAsync(ticker, context.RequestAborted) is null)
        {
            await ApiProblem.UnknownTicker(ticker).ExecuteAsync(context);
        }
        else
        {
            await ApiProblem.NotFound(ErrorCodes.NoQuote, $"{ticker} has no quote yet; try again later.")
                .ExecuteAsync(context);
        }
    }

    private static Task GetQuotes(
        [FromQuery, Description("Up to 500 tickers, parted by commas.")] string? tickers,
        HttpContext context,
        QuoteBoard board,
        InstrumentDirectory directory)
    {
        var batch = new QuoteBatch(board);
        if (!batch.TryRead(tickers, board))
        {
            return FinishAsync(batch, ApiProblem.InvalidTicker().ExecuteAsync(context));
        }

        if (batch.IsTooLong)
        {
            return FinishAsync(batch, ApiProblem.TooManyTickers(QuoteBatch.MaxTickers).ExecuteAsync(context));
        }

        return FinishAsync(batch, batch.Strangers.Count == 0
            ? QuoteBody.WriteAsync(context.Response, batch.Slots, [])
            : AnswerStrangersAsync(batch, context, directory));
    }

    private static async Task AnswerStrangersAsync(QuoteBatch batch, HttpContext context, InstrumentDirectory directory)
    {
        var unknown = new List<string>();
        foreach (var ticker in batch.Strangers)
        {
            if (await directory.FindAsync(ticker, context.RequestAborted) is null)
            {
                unknown.Add(ticker);
            }
        }

        await (unknown.Count == 0
            ? QuoteBody.WriteAsync(context.Response, batch.Slots, batch.Strangers)
            : ApiProblem.UnknownTickers(unknown).ExecuteAsync(context));
    }

    private static async Task FinishAsync(QuoteBatch batch, Task answer)
    {
        using (batch)
        {
            await answer;
        }
    }
}
