using QRCoder;

namespace Trading.Web.Accounts;

/// <summary>Draws what a phone reads.</summary>
internal static class QrCode
{
    private const int Pixels = 4;

    public static string SvgOf(string text)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(data);
        return svg.GetGraphic(Pixels);
    }
}
