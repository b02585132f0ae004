using System.Text.Json.Serialization;

namespace Trading.Contracts;

/// <summary>How the records of the API are written as JSON: snake_case, by generated code.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(Page<InstrumentResponse>))]
[JsonSerializable(typeof(Page<BarResponse>))]
[JsonSerializable(typeof(QuoteResponse))]
[JsonSerializable(typeof(QuoteBatchResponse))]
[JsonSerializable(typeof(Page<AuditEventResponse>))]
[JsonSerializable(typeof(AuditVerdictResponse))]
[JsonSerializable(typeof(RegisterRequest))]
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(RefreshRequest))]
[JsonSerializable(typeof(EmailRequest))]
[JsonSerializable(typeof(ConfirmEmailRequest))]
[JsonSerializable(typeof(ResetPasswordRequest))]
[JsonSerializable(typeof(ChangePasswordRequest))]
[JsonSerializable(typeof(TwoFactorRequest))]
[JsonSerializable(typeof(PasswordRequest))]
[JsonSerializable(typeof(ApiKeyRequest))]
[JsonSerializable(typeof(UserChangeRequest))]
[JsonSerializable(typeof(TokenResponse))]
[JsonSerializable(typeof(AccountResponse))]
[JsonSerializable(typeof(TwoFactorSetupResponse))]
[JsonSerializable(typeof(RecoveryCodesResponse))]
[JsonSerializable(typeof(NewApiKeyResponse))]
[JsonSerializable(typeof(IReadOnlyList<SessionResponse>))]
[JsonSerializable(typeof(IReadOnlyList<ApiKeyResponse>))]
[JsonSerializable(typeof(Page<UserResponse>))]
[JsonSerializable(typeof(PriceUpdate))]
[JsonSerializable(typeof(ProblemResponse))]
[JsonSerializable(typeof(StreamMessage))]
[JsonSerializable(typeof(StreamRequest))]
internal sealed partial class ContractsJsonContext : JsonSerializerContext;
