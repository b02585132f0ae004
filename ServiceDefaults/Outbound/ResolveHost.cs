using System.Net;

namespace Trading.ServiceDefaults.Outbound;

/// <summary>Finds the addresses of a host; DNS unless a test says otherwise.</summary>
/// <param name="host">A name, or an address as text.</param>
/// <param name="cancellationToken">Gives up.</param>
/// <exception cref="System.Net.Sockets.SocketException">The host is not known.</exception>
public delegate Task<IPAddress[]> ResolveHost(string host, CancellationToken cancellationToken);
