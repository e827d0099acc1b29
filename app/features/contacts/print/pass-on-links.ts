import { type ContactValues } from "~/features/contacts/contact";

/** What can be printed or passed on of one contact. `href`: of its page. */
export function passOnLinks(href: string, { kind, addresses }: Pick<ContactValues, "kind" | "addresses">) {
  // An estate without an address has that of whoever acts for it.
  const hasAddress = addresses.length > 0 || kind === "estate";
  return [
    { href: `${href}/sheet`, label: "Contact sheet" },
    { href: `${href}/contact.vcf`, label: "vCard file" },
    { href: `${href}/qr`, label: "QR code" },
    ...(hasAddress ? [{ href: `${href}/envelope`, label: "Envelope or label" }] : []),
  ];
}
