using Trading.Domain.Indicators;
using Trading.Domain.Strategies.Language.Binding;

namespace Trading.Domain.Strategies.Language.Plan;

/// <summary>
/// Every distinct column that a strategy computes, each once however often it is written. A column comes after those
/// that it reads.
/// </summary>
internal sealed class ColumnTable
{
    private readonly List<ColumnShape> _shapes = [];
    private readonly List<Constant> _constants = [];
    private readonly List<IndicatorGroup> _groups = [];
    private readonly Dictionary<ColumnShape, int> _columnOf = [];
    private readonly Dictionary<Constant, int> _constantOf = [];
    private readonly Dictionary<IndicatorGroup, int> _groupOf = [];
    private readonly Dictionary<int, int> _denialOf = [];

    public IReadOnlyList<ColumnShape> Shapes => _shapes;

    public IReadOnlyList<Constant> Constants => _constants;

    public IReadOnlyList<IndicatorGroup> Groups => _groups;

    /// <summary>The bars that all looks back together span, at most.</summary>
    public double TotalPeriod => _groups.Sum(group => group.LongestPeriod())
        + _shapes.OfType<PastColumn>().Sum(past => _constants[past.Bars].Maximum);

    public int Add(ColumnShape shape) => Intern(shape, _shapes, _columnOf);

    public int Add(IndicatorGroup group) => Intern(group, _groups, _groupOf);

    /// <summary>The number of a column, or -1 where there is none such.</summary>
    public int Find(ColumnShape shape) => _columnOf.GetValueOrDefault(shape, -1);

    public int Input(InputSeries series) => Add(new InputColumn(series));

    public Operand Constant(Constant constant) => new(true, Intern(constant, _constants, _constantOf));

    public Operand Number(double value) => Constant(new LiteralConstant(value, false, false));

    public int Past(int source, Constant bars) =>
        Add(new PastColumn(source, Constant(bars).Index, _shapes[source].IsBoolean));

    /// <summary>The highest and the lowest of a window: the lines of the Donchian channel over one series.</summary>
    public int Extreme(int source, Constant bars, string output)
    {
        var definition = DonchianChannel.Definition;
        var group = Add(new IndicatorGroup(definition, [bars], [source, source]));
        return Add(new IndicatorColumn(group, definition.Outputs.ToList().IndexOf(output)));
    }

    /// <summary>
    /// True where the condition is known and false. Denial goes down to the comparisons, as what is undefined
    /// makes both them and their denial false.
    /// </summary>
    public int Deny(int condition)
    {
        if (!_denialOf.TryGetValue(condition, out var denial))
        {
            denial = _shapes[condition] switch
            {
                ElementColumn element => Add(Deny(element)),
                CrossColumn cross => Add(cross with { IsDenied = !cross.IsDenied }),
                PastColumn past => Add(past with { Source = Deny(past.Source) }),
                var other => throw new InvalidOperationException($"{other} is no condition."),
            };
            (_denialOf[condition], _denialOf[denial]) = (denial, condition);
        }

        return denial;
    }

    private static int Intern<T>(T item, List<T> items, Dictionary<T, int> known)
        where T : notnull
    {
        if (!known.TryGetValue(item, out var index))
        {
            index = items.Count;
            items.Add(item);
            known.Add(item, index);
        }

        return index;
    }

    private ElementColumn Deny(ElementColumn element) => element.Operation switch
    {
        ElementOperation.Less => new(ElementOperation.LessOrEqual, element.Right, element.Left),
        ElementOperation.LessOrEqual => new(ElementOperation.Less, element.Right, element.Left),
        ElementOperation.Equal => element with { Operation = ElementOperation.NotEqual },
        ElementOperation.NotEqual => element with { Operation = ElementOperation.Equal },
        ElementOperation.And => new(ElementOperation.Or, Deny(element.Left), Deny(element.Right)),
        ElementOperation.Or => new(ElementOperation.And, Deny(element.Left), Deny(element.Right)),
        _ => throw new InvalidOperationException($"{element} is no condition."),
    };

    private Operand Deny(Operand condition) => new(false, Deny(condition.Index));
}
