/** The patterns that an account may ask for: ours, from a list, since a pattern of somebody's own could take for ever. */

export interface Pattern {
  /** As in "Postcode is a British postcode". */
  noun: string;
  /** In the list to choose from. */
  label: string;
  example: string;
  fits(text: string, domains: readonly string[]): boolean;
}

/** Nothing that fits is longer. */
const MOST_CHARACTERS = 300;

const postcodes: Record<string, [adjective: string, country: string, shape: RegExp, example: string]> = {
  GB: ["British", "United Kingdom", /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/i, "SW1A 1AA"],
  IE: ["Irish", "Ireland", /^(?:[AC-FHKNPRTV-Y]\d\d|D6W) ?[0-9AC-FHKNPRTV-Y]{4}$/i, "D02 AF30"],
  DE: ["German", "Germany", /^\d{5}$/, "10115"],
  AT: ["Austrian", "Austria", /^[1-9]\d{3}$/, "1010"],
  CH: ["Swiss", "Switzerland", /^[1-9]\d{3}$/, "8001"],
  FR: ["French", "France", /^\d{5}$/, "75001"],
  BE: ["Belgian", "Belgium", /^[1-9]\d{3}$/, "1000"],
  NL: ["Dutch", "Netherlands", /^[1-9]\d{3} ?[A-Z]{2}$/i, "1012 AB"],
  ES: ["Spanish", "Spain", /^(?:0[1-9]|[1-4]\d|5[0-2])\d{3}$/, "28001"],
  PT: ["Portuguese", "Portugal", /^\d{4}-\d{3}$/, "1000-205"],
  IT: ["Italian", "Italy", /^\d{5}$/, "00184"],
  PL: ["Polish", "Poland", /^\d\d-\d{3}$/, "00-950"],
  DK: ["Danish", "Denmark", /^\d{4}$/, "1050"],
  NO: ["Norwegian", "Norway", /^\d{4}$/, "0150"],
  SE: ["Swedish", "Sweden", /^\d{3} ?\d\d$/, "114 55"],
  US: ["US", "United States", /^\d{5}(?:-\d{4})?$/, "10001"],
  CA: ["Canadian", "Canada", /^[ABCEGHJ-NPRSTVXY]\d[A-Z] ?\d[A-Z]\d$/i, "K1A 0B1"],
};

/** Without spaces, dots and dashes. The shape alone: whether it was ever given out, nobody can tell from it. */
const vatShapes: readonly RegExp[] = [
  /^ATU\d{8}$/,
  /^BE[01]\d{9}$/,
  /^BG\d{9,10}$/,
  /^CHE\d{9}(?:MWST|TVA|IVA)?$/,
  /^CY\d{8}[A-Z]$/,
  /^CZ\d{8,10}$/,
  /^DE\d{9}$/,
  /^DK\d{8}$/,
  /^EE\d{9}$/,
  /^EL\d{9}$/,
  /^ES[A-Z\d]\d{7}[A-Z\d]$/,
  /^FI\d{8}$/,
  /^FR[A-HJ-NP-Z\d]{2}\d{9}$/,
  /^(?:GB|XI)(?:\d{9}|\d{12}|GD\d{3}|HA\d{3})$/,
  /^HR\d{11}$/,
  /^HU\d{8}$/,
  /^IE\d[A-Z\d+*]\d{5}[A-Z]{1,2}$/,
  /^IT\d{11}$/,
  /^LT(?:\d{9}|\d{12})$/,
  /^LU\d{8}$/,
  /^LV\d{11}$/,
  /^MT\d{8}$/,
  /^NL\d{9}B\d\d$/,
  /^PL\d{10}$/,
  /^PT\d{9}$/,
  /^RO\d{2,10}$/,
  /^SE\d{12}$/,
  /^SI\d{8}$/,
  /^SK\d{10}$/,
];

function isVatNumber(text: string): boolean {
  const bare = text.replace(/[\s.-]/g, "").toUpperCase();
  return vatShapes.some((shape) => shape.test(bare));
}

function isOfDomain(text: string, domains: readonly string[]): boolean {
  const domain = text.slice(text.lastIndexOf("@") + 1).toLowerCase();
  return text.includes("@") && domains.some((known) => domain === known || domain.endsWith(`.${known}`));
}

const others: Record<string, Pattern> = {
  "email-domain": {
    noun: "an email address of",
    label: "Email address of a domain",
    example: "ann@",
    fits: isOfDomain,
  },
  vat: {
    noun: "a VAT number",
    label: "VAT number (EU, United Kingdom, Switzerland)",
    example: "DE123456789",
    fits: isVatNumber,
  },
  letters: {
    noun: "letters only",
    label: "Letters only (with spaces, hyphens, apostrophes and full stops)",
    example: "Ann-Marie O’Brien",
    fits: (text) => /^[\p{L}\p{M} .'’-]+$/u.test(text),
  },
  digits: { noun: "digits only", label: "Digits only", example: "20461", fits: (text) => /^\d+$/.test(text) },
};

export const patterns: Readonly<Record<string, Pattern>> = {
  ...Object.fromEntries(
    Object.entries(postcodes).map(([code, [adjective, country, shape, example]]): [string, Pattern] => [
      `postcode-${code}`,
      {
        noun: `a ${adjective} postcode`.replace(/^a (?=[AI])/, "an "),
        label: `Postcode, ${country}`,
        example,
        fits: (text) => shape.test(text),
      },
    ]),
  ),
  ...others,
};

export function fitsPattern(id: string, text: string, domains: readonly string[]): boolean {
  const pattern = patterns[id];
  return pattern === undefined || (text.length <= MOST_CHARACTERS && pattern.fits(text, domains));
}
