/** A client list as an office keeps it for years: right in the main, with the dirt of many hands. */

const heading = [
  "First name",
  "Surname",
  "Organisation",
  "E-mail",
  "Telephone",
  "Postcode",
  "Date of birth",
  "Remarks",
];

const givenNames = ["Folasade", "Ann-Marie", "Jürgen", "Siobhán", "Tomasz", "Priya", "Owen", "Ngozi", "Björn", "Zoë"];
const firms = ["Brandt Holzbau GmbH", "Kiln Row Ceramics Ltd", "Orchard & Sons", "", "Hale Trust"];
const postcodes = ["E8 4QN", "SW1A 1AA", "10115", "LS1 4AP", "D02 AF30"];

/** What is wrong with a row, and what whoever kept the list meant. */
interface Slip {
  column: string;
  wrong: string;
  meant: string;
}

const slips: readonly Slip[] = [
  { column: "E-mail", wrong: "see below", meant: "" },
  { column: "E-mail", wrong: "office@@kilnrow.example", meant: "office@kilnrow.example" },
  { column: "E-mail", wrong: "info at orchard", meant: "info@orchard.example" },
  { column: "E-mail", wrong: "k.lindqvist@hale", meant: "k.lindqvist@hale.example" },
  { column: "Telephone", wrong: "call the office", meant: "+44 20 7946 0311" },
  { column: "Telephone", wrong: "ask Ann", meant: "020 7946 0182" },
  { column: "Telephone", wrong: "ex-directory", meant: "" },
  { column: "Date of birth", wrong: "31/02/1960", meant: "28/02/1960" },
  { column: "Date of birth", wrong: "some time in 1971", meant: "" },
  { column: "Date of birth", wrong: "14.03.2958", meant: "14/03/1958" },
];

const BAD_ROWS = 20;
const GOOD_ROWS = 40;

export interface ClientList {
  rows: string[][];
  /** By surname: the column to correct, and what it should say. */
  corrections: ReadonlyMap<string, Slip>;
}

/** Surnames begin with `family`, so that nobody else's list meets these people. */
export function clientList(family: string): ClientList {
  const corrections = new Map<string, Slip>();
  const rows = [heading];
  for (let index = 0; index < GOOD_ROWS + BAD_ROWS; index++) {
    const surname = `${family}-${index + 1}`;
    const row = [
      givenNames[index % givenNames.length] ?? "",
      surname,
      firms[index % firms.length] ?? "",
      `client.${index + 1}@${family.toLowerCase()}.example`,
      index % 4 === 0 ? "" : `+44 20 7946 ${String(100 + index).padStart(4, "0")}`,
      postcodes[index % postcodes.length] ?? "",
      index % 6 === 0 ? "14/03/1958" : "",
      index % 9 === 0 ? "Prefers letters;\nrings on Fridays" : "",
    ];
    const slip = index % 3 === 1 ? slips[corrections.size % slips.length] : undefined;
    if (slip) {
      // Nobody's address is another's: they would be one contact.
      const meant = slip.meant.replace("@", `.${surname.toLowerCase()}@`);
      corrections.set(surname, { ...slip, meant });
      row[heading.indexOf(slip.column)] = slip.wrong;
    }
    rows.push(row);
  }
  return { rows, corrections };
}
