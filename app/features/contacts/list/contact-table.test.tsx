import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { contactSorts, readView } from "~/features/contacts/list/contact-list";
import { ContactTable, type MarkedContact } from "~/features/contacts/list/contact-table";

const ann = {
  id: "0190a1b2-0000-7000-8000-000000000001",
  kind: "individual",
  name: "Ann Okafor",
  listName: "Okafor, Ann",
  company: null,
  email: null,
  phone: null,
  tags: [] as string[],
  marks: [] as never[],
  createdAt: "2026-05-03T09:00:00.000Z",
  changedAt: "2026-05-04T09:00:00.000Z",
  hits: { name: [], company: [], email: [], phone: [] },
} as unknown as MarkedContact;

function cellsOf(query: string): string[] {
  const table = renderToStaticMarkup(
    <ContactTable
      contacts={[ann]}
      view={readView(new URLSearchParams(query))}
      base="/okafor/contacts"
      back=""
      place={{ timeZone: "Europe/London", locale: "en-GB" }}
      sorts={contactSorts}
      canChoose={false}
      foot={null}
    />,
  );
  return [...table.matchAll(/<td[^>]*>/g)].map(([cell]) => cell);
}

test("a card on a phone leaves the usual kind and date out, and shows them to whoever chose them", () => {
  expect(cellsOf("").filter((cell) => cell.includes("wide-only"))).toHaveLength(2);
  const chosen = cellsOf("columns=kind,email,phone,tags,changed");
  expect(chosen.some((cell) => cell.includes("wide-only"))).toBe(false);
  expect(chosen[0]).toContain('data-label="Kind"');
  expect(chosen[4]).toContain('data-label="Changed"');
});
