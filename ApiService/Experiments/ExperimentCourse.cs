using Trading.Contracts;
using Trading.Data.Experiments;

namespace Trading.ApiService.Experiments;

/// <summary>The course of an experiment; its tests are replayed from every point, and shown at some.</summary>
internal static class ExperimentCourse
{
    public static ExperimentPointsResponse Of(ExperimentSpec spec, ExperimentColumns points, int most)
    {
        var shown = Shown(points.Times.Length, most);
        var tests = new ArmTests(spec);
        var courses = tests.All.Select(_ => new Course(shown.Length)).ToArray();
        for (var (bar, next) = (0, 0); bar < points.Times.Length; bar++)
        {
            tests.Add(points.Equity[bar]);
            if (shown[next] == bar)
            {
                next++;
                for (var arm = 0; arm < courses.Length; arm++)
                {
                    courses[arm].Add(tests.All[arm].Reading);
                }
            }
        }

        return new(
            (double)spec.Settings.InitialCash,
            [.. shown.Select(bar => bar + 1)],
            [.. shown.Select(bar => points.Times[bar])],
            [.. spec.Arms.Select((arm, index) => new ArmPointsResponse(
                arm.Name,
                [.. shown.Select(bar => points.Equity[bar][index])],
                [.. shown.Select(bar => Exposure(points, bar, index))],
                index == 0 ? null : courses[index - 1].ToResponse()))]);
    }

    /// <summary>Evenly spread, the last among them.</summary>
    private static int[] Shown(int count, int most) => count <= most
        ? [.. Enumerable.Range(0, count)]
        : [.. Enumerable.Range(1, most).Select(index => (int)((long)index * count / most) - 1)];

    private static double Exposure(ExperimentColumns points, int bar, int arm) =>
        points.Equity[bar][arm] is var equity && equity > 0 ? points.Invested[bar][arm] / equity : 0;

    private sealed class Course(int bars)
    {
        private readonly List<double> _mean = new(bars);
        private readonly List<double?> _low = new(bars);
        private readonly List<double?> _high = new(bars);

        public void Add(Domain.Experiments.ArmTestReading reading)
        {
            _mean.Add(reading.Mean);
            _low.Add(reading.Low);
            _high.Add(reading.High);
        }

        public TestPointsResponse ToResponse() => new(_mean, _low, _high);
    }
}
