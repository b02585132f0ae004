using System.Text.Json.Serialization;
using Trading.ApiService.Stream;
using Trading.Contracts;

namespace Trading.ApiService.Edge;

/// <summary>How bodies are written: snake_case, by generated code.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Page<InstrumentResponse>))]
[JsonSerializable(typeof(Page<BarResponse>))]
[JsonSerializable(typeof(InstrumentResponse))]
[JsonSerializable(typeof(QuoteResponse))]
[JsonSerializable(typeof(QuoteBatchResponse))]
[JsonSerializable(typeof(ProblemResponse))]
[JsonSerializable(typeof(ClientMessage))]
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
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>), TypeInfoPropertyName = "AuditDetails")]
internal sealed partial class ApiJson : JsonSerializerContext;
