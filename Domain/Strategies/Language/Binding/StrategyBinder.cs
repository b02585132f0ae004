using Trading.Domain.Strategies.Language.Plan;
using Trading.Domain.Strategies.Language.Syntax;

namespace Trading.Domain.Strategies.Language.Binding;

/// <summary>Makes a strategy of statements, or tells why there is none.</summary>
internal sealed class StrategyBinder
{
    private readonly ErrorList _errors;
    private readonly Scope _scope = new();
    private readonly ColumnTable _columns = new();
    private readonly ExpressionBinder _expressions;
    private readonly ParameterBinder _parameters;
    private readonly RuleBinder _rules;

    public StrategyBinder(ErrorList errors)
    {
        _errors = errors;
        _expressions = new(errors, _scope, _columns);
        _parameters = new(errors, _scope, _expressions);
        _rules = new(errors, _columns, _expressions);
    }

    public CompiledStrategy? Bind(IReadOnlyList<Statement> statements, string source, string name)
    {
        foreach (var statement in statements)
        {
            Bind(statement);
        }

        _rules.CheckTogether(source.Length);
        if (!_errors.IsEmpty)
        {
            return null;
        }

        var roots = _rules.Roots();
        var plan = PlanBuilder.Build(_columns, roots);
        return new(name, source, _parameters.All, _columns, roots, plan, _rules.Terms());
    }

    private void Bind(Statement statement)
    {
        switch (statement)
        {
            case ParameterStatement parameter:
                _parameters.Bind(parameter);
                break;
            case LetStatement let:
                _scope.Define(let.Name, _expressions.Bind(let.Value), _errors);
                break;
            case RuleStatement rule:
                _rules.Bind(rule);
                break;
            case BrokenStatement broken:
                _rules.Skip(broken.Keyword);
                if (broken.Keyword.Text is Keywords.Let or Keywords.Parameter)
                {
                    _scope.Define(broken.Name, null, _errors);
                }

                break;
        }
    }
}
