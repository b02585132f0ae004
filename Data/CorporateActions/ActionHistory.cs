using Trading.Domain.CorporateActions;
using Trading.Domain.Market;

namespace Trading.Data.CorporateActions;

/// <summary>The actions of some instruments, and what is known of their stored daily prices.</summary>
public sealed record ActionHistory(ILookup<int, CorporateAction> Actions, ILookup<int, PriceBasis> Bases);
