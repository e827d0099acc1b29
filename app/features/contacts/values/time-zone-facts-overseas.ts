/** Zones of the Americas and Australia: facts, from the sources that `time-zone-facts` names. */
import { by, type CountryZones } from "~/features/contacts/values/country-zones";

export const unitedStates: CountryZones = {
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

export const canada: CountryZones = {
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

export const australia: CountryZones = {
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

export const brazil: CountryZones = {
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

export const mexico: CountryZones = {
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
