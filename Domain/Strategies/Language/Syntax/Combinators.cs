using Sprache;

namespace Trading.Domain.Strategies.Language.Syntax;

/// <summary>
/// Ways to put parsers together that decide by the next token and never go back. Sprache's own repetitions parse what
/// fails twice, which doubles with each nesting, or forget why it failed.
/// </summary>
internal static class Combinators
{
    /// <summary>Gives a parser's value together with its place, and passes the blanks after it.</summary>
    public static Parser<TResult> Lexeme<T, TResult>(this Parser<T> parser, Func<SourceSpan, T, TResult> create) =>
        input =>
        {
            var result = parser(input);
            return result.WasSuccessful
                ? Result.Success(
                    create(SourceSpan.Between(input.Position, result.Remainder.Position), result.Value),
                    PassBlanks(result.Remainder))
                : Failure<TResult>(result.Remainder, result.Message, result.Expectations);
        };

    /// <summary>Fails with these words where the parser fails at its first character.</summary>
    public static Parser<T> Expecting<T>(this Parser<T> parser, string what) => input =>
    {
        var result = parser(input);
        return result.WasSuccessful || result.Remainder.Position != input.Position
            ? result
            : Failure<T>(input, "", [what]);
    };

    /// <summary>The first that accepts the next token.</summary>
    public static Parser<T> Choice<T>(params Parser<T>[] parsers) => input =>
    {
        var expectations = new List<string>();
        foreach (var parser in parsers)
        {
            var result = parser(input);
            if (result.WasSuccessful || result.Remainder.Position != input.Position)
            {
                return result;
            }

            expectations.AddRange(result.Expectations);
        }

        return Failure<T>(input, "", expectations);
    };

    /// <summary>A value, and what may follow it any number of times.</summary>
    public static Parser<T> Followed<T, TRest>(Parser<T> first, Parser<TRest> rest, Func<T, TRest, T> join) => input =>
    {
        var result = first(input);
        while (result.WasSuccessful)
        {
            var next = rest(result.Remainder);
            if (!next.WasSuccessful)
            {
                return next.Remainder.Position == result.Remainder.Position
                    ? result
                    : Failure<T>(next.Remainder, next.Message, next.Expectations);
            }

            result = Result.Success(join(result.Value, next.Value), next.Remainder);
        }

        return result;
    };

    /// <summary>Some, each behind the separator, or none.</summary>
    public static Parser<IReadOnlyList<T>> Listed<T, TSeparator>(Parser<T> item, Parser<TSeparator> separator)
    {
        var behind = from comma in separator from next in item select next;
        var some = Followed(item.Select(IReadOnlyList<T> (first) => [first]), behind, (list, next) => [.. list, next]);
        return input =>
        {
            var result = some(input);
            return result.WasSuccessful || result.Remainder.Position != input.Position
                ? result
                : Result.Success<IReadOnlyList<T>>([], input);
        };
    }

    /// <summary>The parser's value, or null where the next token is not its.</summary>
    public static Parser<T?> Perhaps<T>(this Parser<T> parser)
        where T : class => input =>
    {
        var result = parser(input);
        return result.WasSuccessful || result.Remainder.Position != input.Position
            ? result
            : Result.Success<T?>(null, input);
    };

    public static IResult<T> Failure<T>(IInput input, string message, IEnumerable<string> expectations) =>
        Result.Failure<T>(input, message, expectations);

    public static IInput PassBlanks(IInput input)
    {
        while (!input.AtEnd && char.IsWhiteSpace(input.Current))
        {
            input = input.Advance();
        }

        return input;
    }
}
