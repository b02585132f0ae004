using Trading.Standalone.Hosting;

namespace Aspire.Hosting.ApplicationModel;

public class ResourceCommandService
{
    private readonly Orchestrator _orchestrator;

    internal ResourceCommandService(Orchestrator orchestrator) => _orchestrator = orchestrator;

    public async Task<ExecuteCommandResult> ExecuteCommandAsync(
        string resourceId, string commandName, CancellationToken cancellationToken = default)
    {
        var units = _orchestrator.Units
            .Where(unit => unit.Id == resourceId || unit.Resource.Name == resourceId)
            .ToArray();
        if (units.Length == 0)
        {
            return new ExecuteCommandResult { Success = false, Message = $"There is no resource '{resourceId}'." };
        }

        foreach (var unit in units)
        {
            if (commandName == KnownResourceCommands.StopCommand || commandName == KnownResourceCommands.RestartCommand)
            {
                await unit.StopAsync();
            }

            if (commandName == KnownResourceCommands.StartCommand || commandName == KnownResourceCommands.RestartCommand)
            {
                unit.Start();
            }
        }

        return new ExecuteCommandResult { Success = true };
    }

    public Task<ExecuteCommandResult> ExecuteCommandAsync(
        IResource resource, string commandName, CancellationToken cancellationToken = default) =>
        ExecuteCommandAsync(resource.Name, commandName, cancellationToken);
}
