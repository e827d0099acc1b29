/**
 * Where clocks go differently within one country: facts, by region and by postcode. Regions lie in the zone in which
 * most of their people live; a postcode knows better where a region is divided.
 * Sources: IANA tz database (zone1970.tab), USPS "L002 3-digit ZIP Code prefix matrix", Canada Post's and Australia
 * Post's first letters and figures, Correios' CEP ranges, SEPOMEX, Russian Post's and Pos Indonesia's indexes.
 */

interface CountryZones {
  /** A postcode's leading figures or letters, from the longest to the shortest: `"324-325"` is a range of prefixes. */
  byPostcode: Record<string, string>;
  /** Folded names and codes of regions. */
  byRegion: Record<string, string>;
  /** Where neither says anything; null: then nobody knows. */
  otherwise: string | null;
}

function by(table: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(table).flatMap(([zone, keys]) => keys.split(",").map((key) => [key.trim(), zone])),
  );
}

const none: CountryZones["byPostcode"] = {};

const unitedStates: CountryZones = {
  byPostcode: by({
    "America/New_York":
      "005, 010-069, 070-089, 100-149, 150-199, 200-205, 206-299, 300-323, 326-339, 341-349, 373-374, 376-379, 398-399, 400-419, 425-427, 430-459, 460-462, 465-475, 478-479",
    "America/Puerto_Rico": "006-007, 009",
    "America/St_Thomas": "008",
    "America/Chicago":
      "324-325, 350-372, 375, 380-397, 420-424, 463-464, 476-477, 500-576, 580-585, 587-588, 600-692, 700-797",
    "America/Detroit": "480-499",
    "America/Denver": "577, 586, 590-599, 693, 798-799, 800-831, 840-847, 870-885",
    "America/Boise": "832-834, 836-837, 979",
    "America/Phoenix": "850-865",
    "America/Los_Angeles": "835, 838, 889-898, 900-961, 970-978, 980-994",
    "Pacific/Honolulu": "967-968",
    "Pacific/Guam": "969",
    "America/Anchorage": "995-999",
  }),
  byRegion: by({
    "America/New_York":
      "ct, connecticut, de, delaware, dc, district of columbia, fl, florida, ga, georgia, in, indiana, ky, kentucky, me, maine, md, maryland, ma, massachusetts, nh, new hampshire, nj, new jersey, ny, new york, nc, north carolina, oh, ohio, pa, pennsylvania, ri, rhode island, sc, south carolina, vt, vermont, va, virginia, wv, west virginia",
    "America/Detroit": "mi, michigan",
    "America/Chicago":
      "al, alabama, ar, arkansas, il, illinois, ia, iowa, ks, kansas, la, louisiana, mn, minnesota, ms, mississippi, mo, missouri, ne, nebraska, nd, north dakota, ok, oklahoma, sd, south dakota, tn, tennessee, tx, texas, wi, wisconsin",
    "America/Denver": "co, colorado, mt, montana, nm, new mexico, ut, utah, wy, wyoming",
    "America/Boise": "id, idaho",
    "America/Phoenix": "az, arizona",
    "America/Los_Angeles": "ca, california, nv, nevada, or, oregon, wa, washington",
    "America/Anchorage": "ak, alaska",
    "Pacific/Honolulu": "hi, hawaii",
    "America/Puerto_Rico": "pr, puerto rico",
  }),
  otherwise: null,
};

const canada: CountryZones = {
  byPostcode: by({
    "America/St_Johns": "a",
    "America/Halifax": "b, c, e",
    "America/Toronto": "g, h, j, k, l, m, n, p",
    "America/Winnipeg": "r",
    "America/Regina": "s",
    "America/Edmonton": "t, x0e, x0g, x1a",
    "America/Iqaluit": "x0a",
    "America/Rankin_Inlet": "x0c",
    "America/Vancouver": "v",
    "America/Whitehorse": "y",
  }),
  byRegion: by({
    "America/St_Johns": "nl, newfoundland, newfoundland and labrador",
    "America/Halifax": "ns, nova scotia, pe, pei, prince edward island, nb, new brunswick",
    "America/Toronto": "on, ontario, qc, quebec",
    "America/Winnipeg": "mb, manitoba",
    "America/Regina": "sk, saskatchewan",
    "America/Edmonton": "ab, alberta, nt, northwest territories",
    "America/Vancouver": "bc, british columbia",
    "America/Whitehorse": "yt, yukon",
    "America/Iqaluit": "nu, nunavut",
  }),
  otherwise: null,
};

const australia: CountryZones = {
  byPostcode: by({
    "Australia/Sydney": "1, 2",
    "Australia/Broken_Hill": "2880",
    "Australia/Melbourne": "3, 8",
    "Australia/Brisbane": "4, 9",
    "Australia/Adelaide": "5",
    "Australia/Perth": "6",
    "Australia/Hobart": "7",
    "Australia/Darwin": "08, 09",
  }),
  byRegion: by({
    "Australia/Sydney": "nsw, new south wales, act, australian capital territory",
    "Australia/Melbourne": "vic, victoria",
    "Australia/Brisbane": "qld, queensland",
    "Australia/Adelaide": "sa, south australia",
    "Australia/Perth": "wa, western australia",
    "Australia/Hobart": "tas, tasmania",
    "Australia/Darwin": "nt, northern territory",
  }),
  otherwise: null,
};

const brazil: CountryZones = {
  byPostcode: by({
    "America/Sao_Paulo": "0-3, 70-76, 80-99",
    "America/Bahia": "40-48",
    "America/Maceio": "49, 57",
    "America/Recife": "50-56",
    "America/Fortaleza": "58-65",
    "America/Belem": "66-68",
    "America/Manaus": "690-692, 694-698",
    "America/Boa_Vista": "693",
    "America/Rio_Branco": "699",
    "America/Porto_Velho": "768-769",
    "America/Araguaina": "77",
    "America/Cuiaba": "78",
    "America/Campo_Grande": "79",
  }),
  byRegion: by({
    "America/Sao_Paulo":
      "df, distrito federal, es, espirito santo, go, goias, mg, minas gerais, pr, parana, rj, rio de janeiro, rs, rio grande do sul, sc, santa catarina, sp, sao paulo",
    "America/Bahia": "ba, bahia",
    "America/Maceio": "al, alagoas, se, sergipe",
    "America/Recife": "pe, pernambuco",
    "America/Fortaleza": "ce, ceara, ma, maranhao, pb, paraiba, pi, piaui, rn, rio grande do norte",
    "America/Belem": "pa, para, ap, amapa",
    "America/Manaus": "am, amazonas",
    "America/Boa_Vista": "rr, roraima",
    "America/Rio_Branco": "ac, acre",
    "America/Porto_Velho": "ro, rondonia",
    "America/Araguaina": "to, tocantins",
    "America/Cuiaba": "mt, mato grosso",
    "America/Campo_Grande": "ms, mato grosso do sul",
  }),
  otherwise: null,
};

const mexico: CountryZones = {
  byPostcode: by({
    "America/Mexico_City": "0, 1, 20, 24-30, 34-62, 64-76, 78-79, 86-99",
    "America/Tijuana": "21-22",
    "America/Mazatlan": "23, 63, 80-82",
    "America/Chihuahua": "31-33",
    "America/Cancun": "77",
    "America/Hermosillo": "83-85",
  }),
  byRegion: by({
    "America/Tijuana": "baja california, bc, b.c.",
    "America/Mazatlan": "baja california sur, bcs, b.c.s., sinaloa, sin, nayarit, nay",
    "America/Chihuahua": "chihuahua, chih",
    "America/Cancun": "quintana roo, q. roo, qroo",
    "America/Hermosillo": "sonora, son",
    "America/Mexico_City":
      "aguascalientes, campeche, chiapas, ciudad de mexico, cdmx, distrito federal, coahuila, colima, durango, estado de mexico, mexico, guanajuato, guerrero, hidalgo, jalisco, michoacan, morelos, nuevo leon, oaxaca, puebla, queretaro, san luis potosi, tabasco, tamaulipas, tlaxcala, veracruz, yucatan, zacatecas",
  }),
  otherwise: null,
};

const russia: CountryZones = {
  byPostcode: by({
    "Europe/Moscow": "1, 20, 21, 30, 34-39, 42, 43",
    "Europe/Kaliningrad": "236-238",
    "Europe/Volgograd": "400-404",
    "Europe/Saratov": "410-413",
    "Europe/Astrakhan": "414-416",
    "Europe/Samara": "426-427, 443-446",
    "Europe/Ulyanovsk": "432-433",
    "Asia/Yekaterinburg": "450-457, 460-462, 614-629, 640-641",
    "Asia/Omsk": "644-646",
    "Asia/Novosibirsk": "630-633",
    "Asia/Tomsk": "634-636",
    "Asia/Barnaul": "649, 656-659",
    "Asia/Novokuznetsk": "650-654",
    "Asia/Krasnoyarsk": "647-648, 655, 660-663, 667",
    "Asia/Irkutsk": "664-666, 669-671",
    "Asia/Chita": "672-674, 687",
    "Asia/Yakutsk": "675-678",
    "Asia/Vladivostok": "679-682, 690-692",
    "Asia/Kamchatka": "683-684, 688",
    "Asia/Magadan": "685-686",
    "Asia/Anadyr": "689",
    "Asia/Sakhalin": "693-694",
  }),
  byRegion: by({ "Europe/Moscow": "moscow, moskva, moskau, москва, saint petersburg, st petersburg, санкт-петербург" }),
  otherwise: null,
};

const indonesia: CountryZones = {
  byPostcode: by({
    "Asia/Jakarta": "1-6",
    "Asia/Makassar": "70-72, 75-77, 8, 90-96",
    "Asia/Pontianak": "73-74, 78-79",
    "Asia/Jayapura": "97-99",
  }),
  byRegion: by({ "Asia/Makassar": "bali", "Asia/Jakarta": "jakarta, dki jakarta", "Asia/Jayapura": "papua" }),
  otherwise: null,
};

const spain: CountryZones = {
  byPostcode: by({ "Atlantic/Canary": "35, 38", "Africa/Ceuta": "51-52" }),
  byRegion: by({
    "Atlantic/Canary": "canarias, islas canarias, canary islands, las palmas, santa cruz de tenerife, tenerife",
  }),
  otherwise: "Europe/Madrid",
};

const portugal: CountryZones = {
  byPostcode: by({ "Atlantic/Madeira": "90-94", "Atlantic/Azores": "95-99" }),
  byRegion: by({ "Atlantic/Madeira": "madeira", "Atlantic/Azores": "acores, azores" }),
  otherwise: "Europe/Lisbon",
};

/** Countries of several zones that all but a few live in one of. */
const mostly = (otherwise: string, byRegion: Record<string, string> = {}): CountryZones => ({
  byPostcode: none,
  byRegion: by(byRegion),
  otherwise,
});

/** Every country with more than one zone; all others have the one that the machine knows. */
export const dividedCountries: Readonly<Record<string, CountryZones>> = {
  US: unitedStates,
  CA: canada,
  AU: australia,
  BR: brazil,
  MX: mexico,
  RU: russia,
  ID: indonesia,
  ES: spain,
  PT: portugal,
  AR: mostly("America/Argentina/Buenos_Aires"),
  CD: {
    byPostcode: none,
    byRegion: by({ "Africa/Kinshasa": "kinshasa", "Africa/Lubumbashi": "katanga" }),
    otherwise: null,
  },
  CL: mostly("America/Santiago", { "America/Punta_Arenas": "magallanes", "America/Coyhaique": "aysen" }),
  CN: mostly("Asia/Shanghai"),
  CY: mostly("Asia/Nicosia"),
  DE: mostly("Europe/Berlin"),
  EC: mostly("America/Guayaquil", { "Pacific/Galapagos": "galapagos" }),
  GL: mostly("America/Nuuk"),
  KZ: mostly("Asia/Almaty"),
  MN: mostly("Asia/Ulaanbaatar", { "Asia/Hovd": "hovd, khovd, bayan-olgii, uvs" }),
  MY: mostly("Asia/Kuala_Lumpur"),
  NZ: mostly("Pacific/Auckland", { "Pacific/Chatham": "chatham islands" }),
  PF: mostly("Pacific/Tahiti"),
  PG: mostly("Pacific/Port_Moresby"),
  PS: mostly("Asia/Hebron", { "Asia/Gaza": "gaza" }),
  UA: mostly("Europe/Kyiv"),
  UZ: mostly("Asia/Tashkent"),
  XK: mostly("Europe/Belgrade"),
};
