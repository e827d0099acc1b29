/**
 * Where clocks go differently within one country: facts, by region and by postcode. Regions lie in the zone in which
 * most of their people live; a postcode knows better where a region is divided.
 * Which zones a country has is held against the IANA tz database's zone.tab. Which postcode lies in which is common
 * knowledge, written down and not checked line by line; who decides where one seems wrong: USPS "L002 3-digit ZIP Code
 * prefix matrix", Canada Post, Australia Post, Correios (CEP), SEPOMEX, Russian Post, Pos Indonesia.
 */

import { by, type CountryZones } from "~/features/contacts/values/country-zones";
import { australia, brazil, canada, mexico, unitedStates } from "~/features/contacts/values/time-zone-facts-overseas";

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
  byPostcode: {},
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
    byPostcode: {},
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
