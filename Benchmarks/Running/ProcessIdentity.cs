namespace Trading.Benchmarks.Running;

/// <param name="Id">Number of the process; given to another one some time after its end.</param>
/// <param name="StartTime">Tells the two apart: ticks since the system's start.</param>
internal readonly record struct ProcessIdentity(int Id, long StartTime);
