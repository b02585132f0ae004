namespace Trading.Domain.Strategies.Language.Plan;

/// <summary>
/// Orders the computation of columns so that each is computed once, and its register is lent on after its last use.
/// </summary>
internal sealed class PlanBuilder
{
    private readonly ColumnTable _columns;
    private readonly List<PlanStep> _steps = [];
    private readonly Stack<int> _free = [];
    private readonly int[] _uses;
    private readonly int[] _slots;
    private int _registers;

    private PlanBuilder(ColumnTable columns)
    {
        _columns = columns;
        _uses = new int[columns.Shapes.Count];
        _slots = new int[columns.Shapes.Count];
        Array.Fill(_slots, -1);
    }

    public static StrategyPlan Build(ColumnTable columns, PlanRoots roots)
    {
        var builder = new PlanBuilder(columns);
        builder.CountUses(roots.Columns);
        foreach (var (action, condition) in roots.Actions)
        {
            builder._steps.Add(new ActionStep(builder.Compute(condition), action));
            builder.Release(condition);
        }

        builder.AddDistance(roots.Stop, isStop: true);
        builder.AddDistance(roots.Target, isStop: false);
        return new(builder._steps, builder._registers, columns.Constants);
    }

    private void AddDistance(PlanDistance? distance, bool isStop)
    {
        if (distance is not null)
        {
            _steps.Add(new DistanceStep(Compute(distance.Value), distance.IsOfClose, isStop));
            Release(distance.Value);
        }
    }

    // A column comes after those that it reads, so that all that read it are counted before it is.
    private void CountUses(IReadOnlyList<int> roots)
    {
        foreach (var root in roots)
        {
            _uses[root]++;
        }

        var counted = new HashSet<int>();
        for (var column = _uses.Length - 1; column >= 0; column--)
        {
            var isRead = _uses[column] > 0
                && (_columns.Shapes[column] is not IndicatorColumn indicator || counted.Add(indicator.Group));
            foreach (var read in isRead ? ReadBy(_columns.Shapes[column]) : [])
            {
                _uses[read]++;
            }
        }
    }

    private IEnumerable<int> ReadBy(ColumnShape shape) => shape switch
    {
        ElementColumn element => ColumnsOf(element.Left, element.Right),
        CrossColumn cross => ColumnsOf(cross.Left, cross.Right),
        PastColumn past => [past.Source],
        IndicatorColumn indicator => _columns.Groups[indicator.Group].Sources,
        _ => [],
    };

    private static IEnumerable<int> ColumnsOf(Operand left, Operand right) =>
        new[] { left, right }.Where(operand => !operand.IsConstant).Select(operand => operand.Index);

    private StepSource Compute(Operand operand) =>
        operand.IsConstant ? new(true, operand.Index) : new(false, Compute(operand.Index));

    private int Compute(int column)
    {
        if (_slots[column] < 0)
        {
            switch (_columns.Shapes[column])
            {
                case InputColumn input:
                    ComputeInput(column, input);
                    break;
                case ElementColumn element:
                    ComputeElement(column, element);
                    break;
                case CrossColumn cross:
                    var (left, right) = (Compute(cross.Left), Compute(cross.Right));
                    _steps.Add(new CrossStep(left, right, cross.IsDenied, Allocate(column)));
                    Release(cross.Left);
                    Release(cross.Right);
                    break;
                case PastColumn past:
                    var source = Compute(past.Source);
                    _steps.Add(new PastStep(source, past.Bars, past.IsBoolean, Allocate(column)));
                    Release(past.Source);
                    break;
                case IndicatorColumn indicator:
                    ComputeIndicator(indicator.Group);
                    break;
            }
        }

        return _slots[column];
    }

    private void ComputeInput(int column, InputColumn input)
    {
        if (input.Series == InputSeries.Session)
        {
            _steps.Add(new SessionStep(Allocate(column)));
        }
        else
        {
            _slots[column] = (int)input.Series;
        }
    }

    // What is read for the last time may be written over: each bar is read before it is written.
    private void ComputeElement(int column, ElementColumn element)
    {
        var (left, right) = (Compute(element.Left), Compute(element.Right));
        Release(element.Left);
        Release(element.Right);
        _steps.Add(ElementStep.Of(element.Operation, left, right, Allocate(column)));
    }

    private void ComputeIndicator(int group)
    {
        var (definition, arguments, sources) = _columns.Groups[group];
        var reads = sources.Select(Compute).ToArray();
        var results = new int[definition.Outputs.Count];
        var spare = new List<int>();
        for (var output = 0; output < results.Length; output++)
        {
            var column = _columns.Find(new IndicatorColumn(group, output));
            var isRead = column >= 0 && _uses[column] > 0;
            results[output] = isRead ? Allocate(column) : NextRegister();
            if (!isRead)
            {
                spare.Add(results[output]);
            }
        }

        int[] constants = [.. arguments.Select(argument => _columns.Constant(argument).Index)];
        _steps.Add(new IndicatorStep(definition, constants, reads, results));
        spare.ForEach(_free.Push);
        foreach (var source in sources)
        {
            Release(source);
        }
    }

    private int Allocate(int column) => _slots[column] = NextRegister();

    private int NextRegister() => _free.TryPop(out var slot) ? slot : PlanRun.Inputs + _registers++;

    private void Release(Operand operand)
    {
        if (!operand.IsConstant)
        {
            Release(operand.Index);
        }
    }

    private void Release(int column)
    {
        if (--_uses[column] == 0 && _slots[column] >= PlanRun.Inputs)
        {
            _free.Push(_slots[column]);
        }
    }
}
