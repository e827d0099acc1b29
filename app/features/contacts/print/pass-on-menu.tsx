import { type ContactValues } from "~/features/contacts/contact";
import { ChevronIcon } from "~/ui/icons";

interface PassOnMenuProps {
  /** Of the contact's page. */
  href: string;
  values: Pick<ContactValues, "kind" | "addresses">;
}

/** What can be printed or passed on of one contact. */
export function PassOnMenu({ href, values }: PassOnMenuProps) {
  // An estate without an address has that of whoever acts for it.
  const hasAddress = values.addresses.length > 0 || values.kind === "estate";
  return (
    <PaperMenu
      links={[
        { href: `${href}/sheet`, label: "Contact sheet" },
        { href: `${href}/contact.vcf`, label: "vCard file" },
        { href: `${href}/qr`, label: "QR code" },
        ...(hasAddress ? [{ href: `${href}/envelope`, label: "Envelope or label" }] : []),
      ]}
    />
  );
}

/** The list as it stands, on paper. `query`: as its page has it, with its question mark or empty. */
export function PrintListMenu({ base, query }: { base: string; query: string }) {
  return <PaperMenu links={[{ href: `${base}/list.pdf${query}`, label: "List as PDF" }]} />;
}

function PaperMenu({ links }: { links: { href: string; label: string }[] }) {
  return (
    <details className="menu">
      <summary className="btn">
        More
        <ChevronIcon />
      </summary>
      <div className="menu-sheet">
        {links.map(({ href, label }) => (
          <a key={href} href={href}>
            {label}
          </a>
        ))}
      </div>
    </details>
  );
}
