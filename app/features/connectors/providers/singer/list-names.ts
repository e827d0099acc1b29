/** What the name of a list, and of its fields, tells of what is in it. */

const companies = new Set(
  `businesses companies corporations employers enterprises firms organisations organizations suppliers vendors
  firmen unternehmen organisationen lieferanten entreprises fournisseurs empresas organizaciones proveedores aziende
  fornitori bedrijven leveranciers`.split(/\s+/),
);

/** Of whoever has a name in two parts. */
const ofPeople = new Set(
  `firstname givenname forename lastname familyname surname vorname nachname prenom cognome apellido apellidos`.split(
    " ",
  ),
);

/** How a company is reached, and what else is said of one; of an account in a ledger, at a bank or for advertisements nothing is. */
const ofCompanies = new Set(
  `phone phonenumber website domain industry employees numberofemployees employeecount vatnumber companynumber
  registrationnumber address billingaddress billingstreet billingcity mailingaddress postaladdress
  shippingaddress`.split(/\s+/),
);

/**
 * Where its last word is one for companies: "main-suppliers", "public.Organizations", but not "company_contacts"; and
 * where its fields do not say otherwise. Accounts are many things: those of companies say so by their fields.
 */
export function saysCompanies(name: string, fields: readonly string[]): boolean {
  const said = fields.map((field) => wordsIn(field).join(""));
  if (said.some((field) => ofPeople.has(field))) return false;
  const words = wordsIn(name);
  const last = words.at(-1) ?? "";
  // With another word before it, it is whose or what for: users', or a bank's.
  if (last === "account" || last === "accounts")
    return words.length === 1 && said.some((field) => ofCompanies.has(field));
  return [last, `${last}s`, `${last}es`, last.replace(/y$/, "ies")].some((word) => companies.has(word));
}

function wordsIn(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}
