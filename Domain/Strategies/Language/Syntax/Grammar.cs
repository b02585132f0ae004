using System.Globalization;
using Sprache;
using static Trading.Domain.Strategies.Language.Syntax.Combinators;

namespace Trading.Domain.Strategies.Language.Syntax;

/// <summary>How a statement is written. Nesting is bounded before it comes here.</summary>
internal static class Grammar
{
    private static readonly Parser<Word> _anyWord =
        Parse.Char(IsNameStart, "a name").Then(first =>
            Parse.Char(char.IsAsciiLetterOrDigit, "a letter").Or(Parse.Char('_')).Many().Text()
                .Select(rest => first + rest))
            .Lexeme((span, text) => new Word(span, text));

    private static readonly Parser<NumberExpression> _number = (
        from whole in Parse.Digit.AtLeastOnce().Text()
        from fraction in Parse.Char('.').Then(_ => Parse.Digit.AtLeastOnce().Text()).Select(text => "." + text)
            .Or(Parse.Return(""))
        from percent in Parse.Char('%').Select(_ => "%").Or(Parse.Return(""))
        select (Digits: whole + fraction, IsInteger: fraction.Length == 0, IsPercent: percent.Length > 0))
        .Lexeme((span, text) => NumberOf(span, text.Digits, text.IsInteger, text.IsPercent))
        .Expecting("a number");

    private static readonly Parser<Expression> _expression = Parse.Ref(() => Either!).Expecting("a value");

    private static readonly Parser<Expression> _bracketed =
        from open in Sign("(")
        from inner in _expression
        from close in Sign(")")
        select inner with { Span = open.Span.To(close.Span) };

    private static readonly Parser<Expression> _named =
        from name in Name()
        from call in Arguments().Perhaps()
        select call is null
            ? (Expression)new NameExpression(name.Span, name.Text)
            : new CallExpression(name.Span.To(call.Close.Span), name, call.Values);

    private static readonly Parser<Expression> _primary =
        Choice(_number, _bracketed, _named).Expecting("a value");

    private static readonly Parser<Func<Expression, Expression>> _suffix = Choice(
        from dot in Sign(".")
        from member in Name()
        select (Func<Expression, Expression>)(target =>
            new MemberExpression(target.Span.To(member.Span), target, member)),
        from open in Sign("[")
        from bars in _expression
        from close in Sign("]")
        select (Func<Expression, Expression>)(target =>
            new PastExpression(target.Span.To(close.Span), target, bars)));

    private static readonly Parser<Expression> _postfix =
        Followed(_primary, _suffix, (target, suffix) => suffix(target));

    private static readonly Parser<Expression> _negation = Prefixed(Sign("-"), _postfix);

    private static readonly Parser<Expression> _product = Operators(_negation, Choice(Sign("*"), Sign("/")));

    private static readonly Parser<Expression> _sum = Operators(_product, Choice(Sign("+"), Sign("-")));

    private static readonly Parser<Expression> _comparison = Operators(
        _sum, Choice(Sign("<="), Sign(">="), Sign("=="), Sign("!="), Sign("<"), Sign(">")));

    private static readonly Parser<Expression> _not = Prefixed(KeywordOf("not"), _comparison);

    private static readonly Parser<Expression> _both = Operators(_not, KeywordOf("and"));

    private static Parser<Expression> Either { get; } = Operators(_both, KeywordOf("or"));

    /// <summary>The first word of a statement.</summary>
    public static Parser<Word> Keyword { get; } = _anyWord.Expecting("a clause such as entry:, let or param");

    /// <summary>What follows <c>param</c>.</summary>
    public static Parser<Statement> Parameter(Word keyword) =>
        from name in Name()
        from sign in Sign("=")
        from initial in _negation
        from within in KeywordOf("in")
        from minimum in _negation
        from dots in Sign("..")
        from maximum in _negation
        from step in KeywordOf("step").Then(_ => _negation).Perhaps()
        select (Statement)new ParameterStatement(keyword, name, initial, minimum, maximum, step);

    /// <summary>What follows <c>let</c>.</summary>
    public static Parser<Statement> Let(Word keyword) =>
        from name in Name()
        from sign in Sign("=")
        from value in _expression
        select (Statement)new LetStatement(keyword, name, value);

    /// <summary>What follows the name of a rule.</summary>
    public static Parser<Statement> Rule(Word keyword) =>
        from colon in Sign(":")
        from value in _expression
        from unit in keyword.Text == Keywords.Expiry
            ? Choice(KeywordOf("bars"), KeywordOf("bar")).Select(word => word.Text).Perhaps()
            : Parse.Return<string?>(null)
        select (Statement)new RuleStatement(keyword, value);

    /// <summary>Whether a word can start with it.</summary>
    public static bool IsNameStart(char character) => char.IsAsciiLetter(character) || character == '_';

    private static Parser<Expression> Operators(Parser<Expression> operand, Parser<Word> signs)
    {
        var rest = from sign in signs from right in operand select (sign, right);
        return Followed(operand, rest, (left, next) =>
            new BinaryExpression(left.Span.To(next.right.Span), left, next.sign, next.right));
    }

    private static Parser<Expression> Prefixed(Parser<Word> sign, Parser<Expression> operand)
    {
        Parser<Expression>? parser = null;
        var signed =
            from prefix in sign
            from value in Parse.Ref(() => parser!)
            select (Expression)new UnaryExpression(prefix.Span.To(value.Span), prefix, value);
        return parser = Choice(signed, operand).Expecting("a value");
    }

    private static Parser<ArgumentList> Arguments() =>
        from open in Sign("(")
        from values in Listed(_expression, Sign(","))
        from close in Sign(")")
        select new ArgumentList(values, close);

    private static Parser<Word> Name() => input =>
    {
        var result = _anyWord(input);
        return result.WasSuccessful && !Keywords.IsOperator(result.Value.Text)
            ? result
            : Failure<Word>(input, "", ["a name"]);
    };

    private static Parser<Word> KeywordOf(string text) => input =>
    {
        var result = _anyWord(input);
        return result.WasSuccessful && result.Value.Text == text ? result : Failure<Word>(input, "", [text]);
    };

    private static Parser<Word> Sign(string text) => input =>
    {
        var start = input;
        foreach (var character in text)
        {
            if (input.AtEnd || input.Current != character)
            {
                return Failure<Word>(start, "", [text]);
            }

            input = input.Advance();
        }

        // 1..5 is a range, and .. no member.
        return text == "." && input.Current == '.'
            ? Failure<Word>(start, "", [text])
            : Result.Success(
                new Word(SourceSpan.Between(start.Position, input.Position), text), PassBlanks(input));
    };

    private static NumberExpression NumberOf(SourceSpan span, string digits, bool isInteger, bool isPercent)
    {
        var value = double.Parse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        return new(span, isPercent ? value / 100 : value, isInteger && !isPercent, isPercent);
    }

    private sealed record ArgumentList(IReadOnlyList<Expression> Values, Word Close);
}
