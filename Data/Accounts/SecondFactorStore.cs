using Npgsql;

namespace Trading.Data.Accounts;

/// <summary>
/// The second factor of accounts. Each act is one statement: what two do at once is done twice, once, or refused, but never
/// undone by the other. Every write of a user's row gives it a new stamp, so that Identity does not overwrite it.
/// </summary>
public sealed class SecondFactorStore(NpgsqlDataSource database)
{
    private const string Pending = "login_provider = 'Trading' AND name = 'PendingTotpSecret'";
    private const string NewStamp = "concurrency_stamp = gen_random_uuid()::text";

    /// <summary>Takes a code of the second factor, once: false where it, or a later one, was taken before.</summary>
    public Task<bool> TakeTotpStepAsync(Guid user, long step, CancellationToken cancellationToken) => RunAsync(
        $"UPDATE users SET last_totp_step = $2, {NewStamp} WHERE id = $1 AND last_totp_step < $2",
        [user, step],
        cancellationToken);

    /// <summary>Takes a recovery code, once.</summary>
    public Task<bool> TakeRecoveryCodeAsync(Guid user, string hash, CancellationToken cancellationToken) => RunAsync(
        $"""
        UPDATE users SET recovery_codes = array_remove(recovery_codes, $2), {NewStamp}
        WHERE id = $1 AND $2 = ANY (recovery_codes)
        """,
        [user, hash],
        cancellationToken);

    /// <summary>Keeps a secret until it is confirmed; one that waited before is gone.</summary>
    public Task SetPendingAsync(Guid user, string secret, CancellationToken cancellationToken) => RunAsync(
        """
        INSERT INTO user_tokens (user_id, login_provider, name, value) VALUES ($1, 'Trading', 'PendingTotpSecret', $2)
        ON CONFLICT (user_id, login_provider, name) DO UPDATE SET value = excluded.value
        """,
        [user, secret],
        cancellationToken);

    public async Task<string?> FindPendingAsync(Guid user, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"SELECT value FROM user_tokens WHERE user_id = $1 AND {Pending}");
        command.Parameters.Add(new() { Value = user });
        return await command.ExecuteScalarAsync(cancellationToken) as string;
    }

    /// <summary>Turns the second factor on with the secret that waits; false where it waits no more.</summary>
    public Task<bool> TryTurnOnAsync(
        Guid user, string secret, long step, string[] recoveryCodes, CancellationToken cancellationToken) => RunAsync(
        $"""
        WITH taken AS (DELETE FROM user_tokens WHERE user_id = $1 AND {Pending} AND value = $2 RETURNING user_id)
        UPDATE users SET totp_secret = $2, two_factor_enabled = true, last_totp_step = $3, recovery_codes = $4, {NewStamp}
        FROM taken WHERE id = taken.user_id
        """,
        [user, secret, step, recoveryCodes],
        cancellationToken);

    /// <summary>Replaces the recovery codes; false where there is no second factor.</summary>
    public Task<bool> TrySetCodesAsync(Guid user, string[] codes, CancellationToken cancellationToken) => RunAsync(
        $"UPDATE users SET recovery_codes = $2, {NewStamp} WHERE id = $1 AND totp_secret IS NOT NULL",
        [user, codes],
        cancellationToken);

    public Task TurnOffAsync(Guid user, CancellationToken cancellationToken) => RunAsync(
        $"UPDATE users SET totp_secret = NULL, two_factor_enabled = false, recovery_codes = $2, {NewStamp} WHERE id = $1",
        [user, Array.Empty<string>()],
        cancellationToken);

    private async Task<bool> RunAsync(string statement, object[] values, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(statement);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}
