/** What stands in a card and has no column here: by what people call it. */
import { type Property } from "~/features/pipeline/files/vcard/property";

/** Properties whose values are in the card's row. */
const taken = new Set(
  [
    "N",
    "FN",
    "NICKNAME",
    "KIND",
    "ORG",
    "TITLE",
    "ROLE",
    "BDAY",
    "DEATHDATE",
    "X-DEATHDATE",
    "EMAIL",
    "TEL",
    "ADR",
  ].concat(["CATEGORIES", "LANG", "TZ", "URL", "NOTE", "UID", "X-ABLABEL", "X-ABSHOWAS", "X-ADDRESSBOOKSERVER-KIND"]),
);
/** What programs write for programs. */
const technical =
  /^(?:VERSION|PRODID|REV|SOURCE|PROFILE|CLASS|MAILER|CLIENTPIDMAP|SORT-STRING|LABEL|X-TALLYBOOK-.*|X-ABADR|X-.*(?:UID|ETAG))$/;
/** Of which a row has one. */
const single = new Set(["ORG", "TITLE", "ROLE", "URL", "LANG"]);

const words: Readonly<Record<string, string>> = {
  PHOTO: "Photo",
  LOGO: "Logo",
  SOUND: "Sound",
  KEY: "Key",
  GEO: "Place on the map",
  GENDER: "Gender",
  IMPP: "Chat address",
  ANNIVERSARY: "Anniversary",
  "X-ANNIVERSARY": "Anniversary",
  RELATED: "Related people",
  "X-ABRELATEDNAMES": "Related people",
  "X-ABDATE": "Other dates",
  "X-SOCIALPROFILE": "Social profile",
  ORG: "Further companies",
  TITLE: "Further job titles",
  ROLE: "Role",
  URL: "Further websites",
  LANG: "Further languages",
};

/** Each once. */
export function leftOutOf(properties: readonly Property[]): string[] {
  const found = new Set<string>();
  const seen = new Set<string>();
  for (const { name, value } of properties) {
    if (value.trim() === "" || technical.test(name)) continue;
    // A role is taken for the title where there is none.
    const key = name === "ROLE" ? "TITLE" : name;
    if (!taken.has(name) || (single.has(name) && seen.has(key))) found.add(words[name] ?? name);
    seen.add(key);
  }
  return [...found];
}
