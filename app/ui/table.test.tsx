import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { BulkBar } from "./bulk";
import { Pagination, rangeText } from "./pagination";
import { type Column, Table } from "./table";

interface Person {
  id: string;
  name: string;
  city?: string;
}

const people: Person[] = [
  { id: "a", name: "Folasade Adebayo", city: "London" },
  { id: "b", name: "Brandt Holzbau GmbH" },
];
const columns: Column<Person>[] = [
  { key: "name", label: "Name", cell: (person) => person.name, sort: { href: "?sort=-name", order: "ascending" } },
  { key: "city", label: "City", cell: (person) => person.city, sort: { href: "?sort=city" } },
];
const table = (more = {}) =>
  renderToStaticMarkup(<Table caption="Contacts" columns={columns} rows={people} rowKey={(row) => row.id} {...more} />);

describe("a table", () => {
  test("with many columns can be moved sideways, by keys too; with few it stands still", () => {
    const many = Array.from({ length: 8 }, (_, place) => ({
      key: `${place}`,
      label: `Column ${place}`,
      cell: () => "",
    }));
    expect(table({ columns: many })).toContain(
      'class="table-scroll table-box many" role="region" aria-label="Contacts"',
    );
    expect(table()).toContain('<div class="table-scroll table-box">');
  });

  test("says by which column it is sorted, and links to sort by another", () => {
    const html = table();
    expect(html).toContain('<th scope="col" aria-sort="ascending"><a href="?sort=-name">Name');
    expect(html).toContain('<th scope="col"><a href="?sort=city">City</a></th>');
  });

  test("links its first column, which heads the row", () => {
    const html = table({ href: (row: Person) => `/acme/contacts/${row.id}` });
    expect(html).toContain('<th scope="row"><a href="/acme/contacts/a">Folasade Adebayo</a></th>');
  });

  test("carries each label into the card of a phone and leaves an empty cell empty", () => {
    const html = table();
    expect(html).toContain('<td data-label="City">London</td>');
    expect(html).toContain('<td data-label="City"></td>');
  });

  test("names whom each tick chooses", () => {
    const ticks = { name: "id", value: (row: Person) => row.id, label: (row: Person) => `Choose ${row.name}` };
    expect(table({ ticks })).toContain('name="id" aria-label="Choose Brandt Holzbau GmbH" value="b"');
  });

  test("offers all that match beside the ticked ones", () => {
    const html = renderToStaticMarkup(<BulkBar all={{ query: "tag=client", count: 1204, locale: "en-GB" }}>…</BulkBar>);
    expect(html).toContain('name="all" value="tag=client"');
    expect(html).toContain("All 1,204 that match");
  });
});

describe("the foot of a list", () => {
  test.each([
    [{ from: 1, to: 50, total: 10_000, capped: true, locale: "en-GB" }, "1–50 of 10,000+"],
    [{ from: 51, to: 100, total: 1204, locale: "en-GB" }, "51–100 of 1,204"],
    [{ from: 1, to: 1, total: 1, locale: "en-GB" }, "1 of 1"],
    [{ from: 1, to: 0, total: 0, locale: "en-GB" }, "Nothing to show"],
    [{ from: 1, to: 50, total: 10_000, capped: true, locale: "de-DE" }, "1–50 of 10.000+"],
  ])("%j reads %s", (range, text) => {
    expect(rangeText(range)).toBe(text);
  });

  test("has no page links when there is one page", () => {
    expect(renderToStaticMarkup(<Pagination from={1} to={7} total={7} locale="en-GB" />)).not.toContain("<nav");
  });

  test("says which way a link goes", () => {
    const html = renderToStaticMarkup(<Pagination from={1} to={50} total={99} locale="en-GB" nextHref="?after=x" />);
    expect(html).toContain('<a href="?after=x" rel="next">');
    expect(html).not.toContain("Previous");
  });
});
