using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Trading.Domain.Market;
using Trading.Domain.Signals;

namespace Trading.Data.Signals;

/// <summary>A signal as it is stored: what it was made of never changes, how it ended is added once.</summary>
public sealed class SignalRow
{
    public Guid Id { get; init; }

    public int InstrumentId { get; init; }

    /// <summary>The code of its interval.</summary>
    public required string Interval { get; init; }

    /// <summary>The close of its bar.</summary>
    public DateTime Time { get; init; }

    public SignalDirection Direction { get; init; }

    public SignalState State { get; init; }

    public double Entry { get; init; }

    public double Target { get; init; }

    public double Stop { get; init; }

    public double Atr { get; init; }

    public int ExpiryBars { get; init; }

    /// <summary>When that bar closes if no session is missed.</summary>
    public DateTime ExpiresAt { get; init; }

    public double RawScore { get; init; }

    /// <summary>The calibrated share, or the raw score where nothing was calibrated yet.</summary>
    public double Confidence { get; init; }

    public bool Calibrated { get; init; }

    public double QualityScore { get; init; }

    public double? VolumeScore { get; init; }

    public MarketRegime Regime { get; init; }

    public MarketConditions Conditions { get; init; }

    public double RiskPct { get; init; }

    public int BtTrades { get; init; }

    public double? BtWinrate { get; init; }

    public double? BtPf { get; init; }

    /// <summary>JSON: the values used, by name.</summary>
    public required string Indicators { get; init; }

    /// <summary>A sentence a line.</summary>
    public required string Rationale { get; init; }

    /// <summary>Made of bars that were past already when it was made.</summary>
    public bool Backfilled { get; init; }

    /// <summary>From its bar being seen as closed to it being stored; null of those backfilled.</summary>
    public double? LatencyMs { get; init; }

    public DateTime CreatedAt { get; init; }

    public DateTime? ResolvedAt { get; init; }

    public double? FillPrice { get; init; }

    public double? ExitPrice { get; init; }

    public double? R { get; init; }

    public int? BarsHeld { get; init; }

    public double? MaeR { get; init; }

    public double? MfeR { get; init; }

    public string? Reason { get; init; }
}

internal sealed class SignalConfiguration : IEntityTypeConfiguration<SignalRow>
{
    public void Configure(EntityTypeBuilder<SignalRow> builder)
    {
        builder.ToTable("signals");
        builder.HasKey(row => row.Id).HasName("pk_signals");
        builder.Property(row => row.Id).HasColumnName("id").ValueGeneratedNever();
        builder.Property(row => row.InstrumentId).HasColumnName("instrument_id");
        builder.Property(row => row.Interval).HasColumnName("interval").HasMaxLength(4);
        builder.Property(row => row.Time).HasColumnName("time");
        builder.Property(row => row.Direction).HasColumnName("direction").HasConversion<short>();
        builder.Property(row => row.State).HasColumnName("state").HasConversion<short>();
        builder.Property(row => row.Entry).HasColumnName("entry");
        builder.Property(row => row.Target).HasColumnName("target");
        builder.Property(row => row.Stop).HasColumnName("stop");
        builder.Property(row => row.Atr).HasColumnName("atr");
        builder.Property(row => row.ExpiryBars).HasColumnName("expiry_bars");
        builder.Property(row => row.ExpiresAt).HasColumnName("expires_at");
        builder.Property(row => row.RawScore).HasColumnName("raw_score");
        builder.Property(row => row.Confidence).HasColumnName("confidence");
        builder.Property(row => row.Calibrated).HasColumnName("calibrated");
        builder.Property(row => row.QualityScore).HasColumnName("quality_score");
        builder.Property(row => row.VolumeScore).HasColumnName("volume_score");
        builder.Property(row => row.Regime).HasColumnName("regime").HasConversion<short>();
        builder.Property(row => row.Conditions).HasColumnName("market_conditions").HasConversion<short>();
        builder.Property(row => row.RiskPct).HasColumnName("risk_pct");
        builder.Property(row => row.BtTrades).HasColumnName("bt_trades");
        builder.Property(row => row.BtWinrate).HasColumnName("bt_winrate");
        builder.Property(row => row.BtPf).HasColumnName("bt_pf");
        builder.Property(row => row.Indicators).HasColumnName("technical_indicators").HasColumnType("jsonb");
        builder.Property(row => row.Rationale).HasColumnName("rationale");
        builder.Property(row => row.Backfilled).HasColumnName("backfilled");
        builder.Property(row => row.LatencyMs).HasColumnName("latency_ms");
        builder.Property(row => row.CreatedAt).HasColumnName("created_at");
        ConfigureEnd(builder);
        builder.HasOne<Instrument>().WithMany().HasForeignKey(row => row.InstrumentId)
            .HasConstraintName("fk_signals_instruments").OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => new { row.InstrumentId, row.Interval }).IsUnique()
            .HasFilter("state = 0").HasDatabaseName("ux_signals_active");
        builder.HasIndex(row => new { row.InstrumentId, row.Interval, row.Time }).IsUnique()
            .HasDatabaseName("ux_signals_instrument_id_interval_time");
        builder.HasIndex(row => new { row.Time, row.Id }).HasDatabaseName("ix_signals_time_id");
        builder.HasIndex(row => new { row.State, row.Time, row.Id }).HasDatabaseName("ix_signals_state_time_id");
    }

    private static void ConfigureEnd(EntityTypeBuilder<SignalRow> builder)
    {
        builder.Property(row => row.ResolvedAt).HasColumnName("resolved_at");
        builder.Property(row => row.FillPrice).HasColumnName("fill_price");
        builder.Property(row => row.ExitPrice).HasColumnName("exit_price");
        builder.Property(row => row.R).HasColumnName("r");
        builder.Property(row => row.BarsHeld).HasColumnName("bars_held");
        builder.Property(row => row.MaeR).HasColumnName("mae_r");
        builder.Property(row => row.MfeR).HasColumnName("mfe_r");
        builder.Property(row => row.Reason).HasColumnName("reason");
    }
}
