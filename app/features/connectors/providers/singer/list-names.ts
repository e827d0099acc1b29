/** What the name of a list tells of what is in it. */

const companies = new Set(
  `businesses companies corporations employers enterprises firms organisations organizations suppliers vendors
  firmen unternehmen organisationen lieferanten entreprises fournisseurs empresas organizaciones proveedores aziende
  fornitori bedrijven leveranciers`.split(/\s+/),
);

/** Where its last word is one for companies: "main-suppliers", "public.Organizations", but not "company_contacts". */
export function saysCompanies(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  const last = words.at(-1) ?? "";
  // With another word before it, it is whose or what for: users', or a bank's.
  if (last === "account" || last === "accounts") return words.length === 1;
  return [last, `${last}s`, `${last}es`, last.replace(/y$/, "ies")].some((word) => companies.has(word));
}
