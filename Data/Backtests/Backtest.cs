using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Trading.Data.Accounts;

namespace Trading.Data.Backtests;

/// <summary>A backtest of a user: what was asked for, its main figures, and the whole result, compressed.</summary>
public sealed class Backtest
{
    public Guid Id { get; init; }

    public Guid UserId { get; init; }

    /// <summary>The job that does it; null where it was done at once.</summary>
    public Guid? JobId { get; init; }

    public string? Name { get; init; }

    /// <summary>What the strategy is called, with its version where it has one.</summary>
    public required string Strategy { get; init; }

    /// <summary>What is run: <see cref="BacktestSpec"/>.</summary>
    public required string Spec { get; init; }

    /// <summary>True once it has succeeded; until then its job says how it is.</summary>
    public bool IsDone { get; init; }

    public int TrialCount { get; init; }

    public long BarCount { get; init; }

    public double? TotalReturn { get; init; }

    public double? Cagr { get; init; }

    public double? Volatility { get; init; }

    public double? Sharpe { get; init; }

    public double? MaxDrawdown { get; init; }

    public double? WinRate { get; init; }

    public double? ProfitFactor { get; init; }

    public int? TradeCount { get; init; }

    public double? DeflatedSharpe { get; init; }

    /// <summary>Whether the check for looking ahead was passed.</summary>
    public bool? LooksAhead { get; init; }

    public byte[]? Result { get; init; }

    public byte[]? Equity { get; init; }

    public byte[]? Trades { get; init; }

    public double? DurationMs { get; init; }

    public DateTime CreatedAt { get; init; }

    public DateTime? FinishedAt { get; init; }
}

internal sealed class BacktestConfiguration : IEntityTypeConfiguration<Backtest>
{
    public void Configure(EntityTypeBuilder<Backtest> builder)
    {
        builder.ToTable("backtests");
        builder.HasKey(row => row.Id).HasName("pk_backtests");
        builder.Property(row => row.Id).HasColumnName("id");
        builder.Property(row => row.UserId).HasColumnName("user_id");
        builder.Property(row => row.JobId).HasColumnName("job_id");
        builder.Property(row => row.Name).HasColumnName("name");
        builder.Property(row => row.Strategy).HasColumnName("strategy");
        builder.Property(row => row.Spec).HasColumnName("spec").HasColumnType("jsonb");
        builder.Property(row => row.IsDone).HasColumnName("is_done");
        builder.Property(row => row.TrialCount).HasColumnName("trial_count");
        builder.Property(row => row.BarCount).HasColumnName("bar_count");
        builder.Property(row => row.TotalReturn).HasColumnName("total_return");
        builder.Property(row => row.Cagr).HasColumnName("cagr");
        builder.Property(row => row.Volatility).HasColumnName("volatility");
        builder.Property(row => row.Sharpe).HasColumnName("sharpe");
        builder.Property(row => row.MaxDrawdown).HasColumnName("max_drawdown");
        builder.Property(row => row.WinRate).HasColumnName("win_rate");
        builder.Property(row => row.ProfitFactor).HasColumnName("profit_factor");
        builder.Property(row => row.TradeCount).HasColumnName("trade_count");
        builder.Property(row => row.DeflatedSharpe).HasColumnName("deflated_sharpe");
        builder.Property(row => row.LooksAhead).HasColumnName("looks_ahead");
        builder.Property(row => row.Result).HasColumnName("result");
        builder.Property(row => row.Equity).HasColumnName("equity");
        builder.Property(row => row.Trades).HasColumnName("trades");
        builder.Property(row => row.DurationMs).HasColumnName("duration_ms");
        builder.Property(row => row.CreatedAt).HasColumnName("created_at");
        builder.Property(row => row.FinishedAt).HasColumnName("finished_at");
        builder.HasOne<User>().WithMany().HasForeignKey(row => row.UserId)
            .HasConstraintName("fk_backtests_user_id").OnDelete(DeleteBehavior.Cascade);
        // The ids are in the order of their making.
        builder.HasIndex(row => new { row.UserId, row.Id }).HasDatabaseName("ix_backtests_user_id_id");
    }
}
