import fc from "fast-check";
import { expect, test } from "vitest";
import { readView, viewQuery } from "~/features/contacts/list/contact-list";
import { isTidy, viewOfList } from "~/features/contacts/list/list-address";
import { chipsOf } from "~/features/contacts/list/list-chips";
import { contactColumns } from "~/features/contacts/list/list-columns";

const viewOf = (query: string) => readView(new URLSearchParams(query));
const id = "0190a1b2-0000-7000-8000-000000000001";

test("what an address says of filters and columns is written as shortly as it was read", () => {
  for (const query of [
    `?tag=${id}&owner=me&city=lon&marks=any`,
    `?owner=${id}&created=7&changed-from=2026-01-01&changed-to=2026-02-01&archived=yes`,
    "?owner=nobody&created-to=2026-02-01&sort=city&order=descending&columns=city,owner,birthday",
    "?columns=name",
  ]) {
    expect(viewQuery(viewOf(query))).toBe(query);
    expect(viewOfList(`/acme/contacts${query}#contact-${id}`)).toEqual(viewOf(query));
  }
});

test.each([
  "owner=anybody&marks=fax&created=8&changed-from=2026-02-30&kind=robot",
  "owner=&tag=1&created=07&created-to=tomorrow&changed-to=0000-00-00",
  "city=%20%00",
])("what is not understood, or goes without saying, is left out: %s", (query) => {
  expect(viewQuery(viewOf(query))).toBe("");
});

test("the usual columns, chosen by hand, stay chosen: a phone then shows all of them", () => {
  expect(viewQuery(viewOf("columns=kind,email,phone,tags,changed"))).toBe("?columns=kind,email,phone,tags,changed");
});

test("columns come once each, in the order asked for, and move one place at a time", () => {
  const columns = (query: string) => viewOf(query).columns;
  expect(columns("columns=name&columns=city&columns=email&columns=city&columns=shoes")).toEqual(["city", "email"]);
  expect(columns("columns=city,email,phone&move=phone-up")).toEqual(["city", "phone", "email"]);
  expect(columns("columns=city,email,phone&move=city-down")).toEqual(["email", "city", "phone"]);
  for (const move of ["city-up", "phone-down", "owner-up", "city-sideways", "-", ""]) {
    expect(columns(`columns=city,email,phone&move=${move}`)).toEqual(["city", "email", "phone"]);
  }
});

test("days typed win over a choice of last days", () => {
  expect(viewOf("created=7&created-from=2026-01-01").created).toEqual({ last: null, from: "2026-01-01", to: null });
});

test("every filter has a chip that takes it away, and nothing else with it", () => {
  const query = `q=ann&kind=estate&tag=${id}&owner=me&city=leeds&marks=email&created=7&changed-from=2026-01-01&archived=yes`;
  const view = viewOf(query);
  const names = { tags: [{ id, name: "client" }], members: [], locale: "en-GB" };
  const chips = chipsOf(view, "/acme/contacts", names);
  expect(chips.map((chip) => chip.label)).toEqual([
    "“ann”",
    "Estate",
    "Tag: client",
    "Looked after by: me",
    "City: leeds",
    "No email",
    "Created in the last 7 days",
    "Changed from 1 Jan 2026 on",
    "Archived",
  ]);
  for (const { removeHref } of chips) {
    expect(chipsOf(viewOfList(removeHref), "/acme/contacts", names)).toHaveLength(chips.length - 1);
  }
});

test("whatever an address says, a view comes of it that is read back the same", () => {
  const names = ["q", "kind", "tag", "owner", "city", "marks", "created", "created-from", "changed", "changed-to"];
  const more = ["archived", "sort", "order", "columns", "move", "after", "before"];
  const words = [
    "",
    "yes",
    "me",
    "7",
    "email",
    "name",
    "estate",
    "2026-05-04",
    id,
    `${id}~3~adebayo`,
    ...contactColumns,
  ];
  const param = fc.tuple(
    fc.constantFrom(...names, ...more),
    fc.oneof(fc.constantFrom(...words), fc.string({ unit: "binary" })),
  );
  fc.assert(
    fc.property(fc.array(param, { maxLength: 8 }), (params) => {
      const view = readView(new URLSearchParams(params));
      const query = viewQuery(view, { cursor: view.cursor });
      expect(viewOf(query)).toEqual(view);
      expect(isTidy(new URLSearchParams(query))).toBe(true);
    }),
    { numRuns: 500 },
  );
});
