namespace Trading.Domain.Market;

/// <summary>The invented companies: 120, listed in six countries, in every sector.</summary>
public static class SyntheticCompanies
{
    // Of each sector: its GICS name, and what its companies call themselves.
    private static readonly (string Sector, string[] Trades)[] Sectors =
    [
        ("Information Technology", ["Systems", "Semiconductors", "Software"]),
        ("Health Care", ["Therapeutics", "Medical", "Biosciences"]),
        ("Financials", ["Financial", "Insurance", "Capital"]),
        ("Industrials", ["Engineering", "Logistics", "Aerospace"]),
        ("Consumer Discretionary", ["Motors", "Retail", "Hotels"]),
        ("Consumer Staples", ["Foods", "Beverages", "Household"]),
        ("Energy", ["Energy", "Petroleum", "Offshore"]),
        ("Materials", ["Chemicals", "Metals", "Paper"]),
        ("Utilities", ["Power", "Water", "Grid"]),
        ("Communication Services", ["Telecom", "Media", "Networks"]),
        ("Real Estate", ["Properties", "Estates", "Realty"]),
    ];

    // Of each exchange: the legal form that closes the name, and the names.
    private static readonly (string Exchange, string Form, string[] Names)[] Listings =
    [
        ("XNYS", "Corp.",
        [
            "Brightwell", "Cascara", "Ironvale", "Harborline", "Redmesa", "Westmark", "Copperleaf",
            "Granderson", "Oakhollow", "Steelbrook", "Ridgemont", "Fairhaven", "Summerfield", "Landover",
            "Prairiegate", "Hollister", "Kestrane", "Millbrae", "Thornbury", "Umberline", "Valegate", "Yellowpine",
            "Quarrystone", "Amberton"
        ]),
        ("XNAS", "Inc.",
        [
            "Novalux", "Lumenor", "Silverbit", "Truepath", "Bluehelix", "Datacrest", "Zephyra", "Genovia",
            "Cloudmere", "Microvane", "Pixelworth", "Quantora", "Synthera", "Optivue", "Neurodyne", "Helixar",
            "Cybrant", "Robovane", "Wavelite", "Ecliptix", "Juniperus", "Orbitalis", "Infravia", "Vectoria"
        ]),
        ("XLON", "plc",
        [
            "Ashcombe", "Penrose", "Wexford", "Marlowe", "Dunmore", "Kingsmere", "Tamworth", "Highgate",
            "Langdale", "Rothbury", "Eastleigh", "Stanmore", "Carrick", "Beaumont", "Glenfield", "Ormond"
        ]),
        ("XETR", "AG",
        [
            "Adlersberg", "Brandtner", "Falkenrath", "Hartmann", "Kronberg", "Lindauer", "Morgenthal",
            "Nordwerk", "Rheinfels", "Sternau", "Tannhof", "Ulmer", "Waldheim", "Zellner", "Eisenach",
            "Gruenfeld"
        ]),
        ("XSWX", "SA",
        [
            "Alpina", "Bergli", "Clariden", "Edelmatt", "Furka", "Matterhof", "Rigiblick", "Saentis", "Titlis",
            "Valbella", "Jurafels", "Pilatur"
        ]),
        ("XTKS", "Co., Ltd.",
        [
            "Akatsuki", "Fujimori", "Hoshizora", "Kazehaya", "Minamoto", "Nagisawa", "Okutama", "Sakuraba",
            "Takemoto", "Umihara", "Yamazora", "Tsukimi", "Hinode", "Mizunami", "Shirakawa", "Asahina"
        ]),
        ("XTSE", "Ltd.",
        [
            "Borealta", "Chinook", "Laurentia", "Maplecrest", "Northgate", "Ottawan", "Stikine", "Tamarack",
            "Yukonia", "Klondyke", "Richelieu", "Wapiti"
        ]),
    ];

    /// <summary>Every company, in a fixed order; independent of any seed.</summary>
    public static IReadOnlyList<SyntheticCompany> All { get; } = Create();

    private static List<SyntheticCompany> Create()
    {
        var companies = new List<SyntheticCompany>();
        var tickers = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (code, form, names) in Listings)
        {
            Exchange.TryFind(code, out var exchange);
            foreach (var name in names)
            {
                var (sector, trades) = Sectors[companies.Count % Sectors.Length];
                var trade = trades[companies.Count / Sectors.Length % trades.Length];
                companies.Add(new SyntheticCompany(
                    TickerOf(name, tickers), $"{name} {trade} {form}", sector, exchange!));
            }
        }

        return companies;
    }

    // The first four letters, or as many as make it unique.
    private static string TickerOf(string name, HashSet<string> taken)
    {
        var length = 4;
        while (!taken.Add(name[..length].ToUpperInvariant()))
        {
            length++;
        }

        return name[..length].ToUpperInvariant() + ".SY";
    }
}
