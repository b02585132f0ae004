namespace Trading.ApiService.Audit;

/// <summary>The actions of the audit trail; a name is never given another meaning.</summary>
internal static class AuditActions
{
    public const string Register = "register";
    public const string Login = "login";
    public const string Logout = "logout";
    public const string TokenReuse = "token_reuse";
    public const string SessionRevoke = "session_revoke";
    public const string PasswordChange = "password_change";
    public const string PasswordReset = "password_reset";
    public const string EmailConfirm = "email_confirm";
    public const string TwoFactorChange = "two_factor_change";
    public const string ApiKeyCreate = "api_key_create";
    public const string ApiKeyRevoke = "api_key_revoke";
    public const string UserChange = "user_change";
    public const string SettingChange = "setting_change";
    public const string AccessDenied = "access_denied";
    public const string Throttled = "throttled";
    public const string WebhookChange = "webhook_change";
    public const string BacktestStart = "backtest_start";
    public const string BacktestCancel = "backtest_cancel";
    public const string BacktestDelete = "backtest_delete";
    public const string ExperimentStart = "experiment_start";
    public const string ExperimentStop = "experiment_stop";
    public const string ExperimentDelete = "experiment_delete";
    public const string CorporateActionChange = "corporate_action_change";
    public const string DeadLetterReplay = "dead_letter_replay";
    public const string DeadLetterDelete = "dead_letter_delete";
    public const string JobRun = "job_run";
    public const string BackfillStart = "backfill_start";
    public const string BackfillCancel = "backfill_cancel";
    public const string CacheClear = "cache_clear";
    public const string StrategyShare = "strategy_share";
    public const string StrategyDelete = "strategy_delete";
}
