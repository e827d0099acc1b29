import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { createUser } from "~/features/accounts/accounts.server";
import { nothingKnown } from "~/features/contacts/contact";
import {
  type BuiltInSort,
  type ContactListView,
  type Cursor,
  readView,
  sortColumns,
  viewQuery,
} from "~/features/contacts/list/contact-list";
import { listContacts, listIds } from "~/features/contacts/list/list-contacts.server";
import { type ContactPage } from "~/features/contacts/list/list-page.server";
import { daysOf } from "~/features/contacts/list/list-filters";
import { findNeighbours } from "~/features/contacts/list/neighbours.server";
import { matches, parseSearch } from "~/features/contacts/search/search-terms.server";
import { writeNewContacts } from "~/features/contacts/serve-contact.server";
import { fold } from "~/platform/fold.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { addDays, dateIn, later } from "~/platform/time";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";

/** A contact as the plain filter below sees it. */
type Known = Awaited<ReturnType<typeof readAll>>[number];

const companies = ["Brandt Holzbau GmbH", "Adebayo Ceramics", null];
const cities = ["London", "Leeds", "Łódź", null];
const DAY = 86_400_000;

/** Two hundred contacts, each different in another way. */
async function givenMany(scope: Scope, owners: (string | null)[], clock: ReturnType<typeof testClock>) {
  const now = scope.clock.now();
  for (let from = 0; from < 200; from += 20) {
    clock.set(later(now, (from - 380) * 0.1 * DAY));
    const contacts = Array.from({ length: 20 }, (_, index) => {
      const place = from + index;
      const city = cities[place % 4] ?? null;
      return {
        id: newId(),
        values: {
          ...nothingKnown,
          kind: (["individual", "business", "estate"] as const)[place % 7 === 0 ? 2 : place % 2] ?? "individual",
          familyName: ["Adebayo", "Zhang", "Ødegård", "Łukasik"][place % 3] ?? null,
          givenName: `Row ${place % 5}`,
          company: companies[place % 3] ?? null,
          emails: place % 3 === 0 ? [] : [{ value: `row.${place}@mail.example`, label: null }],
          addresses: city ? [{ label: null, street: null, city, region: null, postalCode: null, country: "GB" }] : [],
          tags: place % 5 === 0 ? ["client"] : [],
        },
      };
    });
    await inTransaction(scope, (scope) => writeNewContacts(scope, contacts));
  }
  clock.set(now);
  const rows = await scope.db
    .selectFrom("contacts")
    .select(["id", "created_at"])
    .where("account_id", "=", scope.account.id)
    .execute();
  for (const [place, { id, created_at }] of rows.entries()) {
    await scope.db
      .updateTable("contacts")
      .set({
        owner_id: owners[place % owners.length] ?? null,
        no_email_at: place % 4 === 1 ? now : null,
        no_phone_at: place % 9 === 0 ? now : null,
        no_letter_at: place % 11 === 0 ? now : null,
        archived_at: place % 6 === 0 ? now : null,
        deleted_at: place % 24 === 0 ? now : null,
        changed_at: later(created_at, (place % 10) * DAY),
      })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", id)
      .execute();
    if (place % 5 === 2) {
      await scope.db
        .updateTable("contact_points")
        .set({ suppressed_at: now })
        .where("account_id", "=", scope.account.id)
        .where("contact_id", "=", id)
        .execute();
    }
  }
}

async function readAll(scope: Scope) {
  const rows = await scope.db
    .selectFrom("contacts")
    .select(["id", "kind", "search", "owner_id", "city_key", "no_email_at", "no_phone_at", "no_letter_at"])
    .select(["created_at", "changed_at", "archived_at", "deleted_at", "tags"])
    .select(["name_key", "company_key", "email_key"])
    .where("account_id", "=", scope.account.id)
    .execute();
  const points = await scope.db
    .selectFrom("contact_points")
    .select("contact_id")
    .where("account_id", "=", scope.account.id)
    .where("suppressed_at", "is not", null)
    .execute();
  const suppressed = new Set(points.map(({ contact_id }) => contact_id));
  expect(suppressed.size).toBeGreaterThan(0);
  return rows.map((row) => ({ ...row, suppressed: suppressed.has(row.id) }));
}

/** What a list shows, said plainly. */
function plainList(scope: Scope, all: readonly Known[], view: ContactListView, tagId: string): string[] {
  const terms = parseSearch(view.query);
  const owner = view.owner === "me" ? scope.user?.id : view.owner === "nobody" ? null : view.owner;
  const exact = /^"(.*)"$/.exec(view.city)?.[1];
  const marksOf = (row: Known) => ({ email: row.no_email_at, phone: row.no_phone_at, letter: row.no_letter_at });
  const onDays = (at: string, dates: ContactListView["created"]) => {
    if (!dates) return true;
    const today = dateIn(scope.account.timeZone, scope.clock.now());
    const { from, to } = daysOf(dates, today);
    const day = dateIn(scope.account.timeZone, at);
    return (!from || day >= from) && (!to || day <= to);
  };
  const hasMark = (row: Known) => {
    const { marks } = view;
    if (marks === null) return true;
    if (marks === "suppressed") return row.suppressed;
    const isMarked = Object.values(marksOf(row)).some(Boolean);
    if (marks === "any" || marks === "none") return marks === "any" ? isMarked : !isMarked && !row.suppressed;
    return marksOf(row)[marks] !== null;
  };
  const tests: ((row: Known) => boolean)[] = [
    (row) => row.deleted_at === null && (row.archived_at !== null) === view.archived,
    (row) => !scope.ownOnly || row.owner_id === scope.user?.id,
    (row) => !terms || matches(row.search, terms),
    (row) => !view.kind || row.kind === view.kind,
    (row) => view.owner === null || row.owner_id === owner,
    (row) => !view.tagId || (view.tagId === tagId && row.tags.includes("client")),
    (row) => (exact ? row.city_key === fold(exact) : row.city_key.startsWith(fold(view.city))),
    hasMark,
    (row) => onDays(row.created_at, view.created) && onDays(row.changed_at, view.changed),
  ];
  const isShown = (row: Known) => tests.every((test) => test(row));
  const column = sortColumns[view.sort as BuiltInSort];
  const before = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
  const shown = all.filter(isShown).sort((a, b) => before(a[column], b[column]) || before(a.id, b.id));
  return (view.order === "ascending" ? shown : shown.reverse()).map((row) => row.id);
}

const today = "2026-05-04";
const day = fc.integer({ min: -45, max: 3 }).map((days) => addDays(today, days));
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { freq: 1, nil: undefined });
const address = (ids: { me: string; other: string; tagId: string }) =>
  fc.record({
    q: maybe(fc.constantFrom("row", "adeb", "zhang ceram", "odeg row", "nobodyatall", "a")),
    kind: maybe(fc.constantFrom("individual", "business", "estate", "robot")),
    tag: maybe(fc.constantFrom(ids.tagId, newId())),
    owner: maybe(fc.constantFrom("me", "nobody", ids.other, ids.me)),
    city: maybe(fc.constantFrom("l", "lond", "lodz", '"leeds"', '"lee"')),
    marks: maybe(fc.constantFrom("email", "phone", "letter", "any", "none", "suppressed")),
    created: maybe(fc.constantFrom("7", "30", "9")),
    "changed-from": maybe(day),
    "changed-to": maybe(day),
    archived: maybe(fc.constant("yes")),
    sort: maybe(fc.constantFrom("name", "company", "email", "city", "created", "changed")),
    order: maybe(fc.constantFrom("ascending", "descending")),
  });

describe.each(databases)("a list of contacts on %s", (database) => {
  const clock = testClock(`${today}T09:00:00.000Z`);
  let scope: Scope;
  let ids: { me: string; other: string; tagId: string };
  let all: Known[];

  beforeAll(async () => {
    scope = await given.scope(database, "user", { clock });
    const made = await createUser(await given.installation(database), {
      name: "Grace Llewellyn",
      email: `grace-${newId()}@brandt.example`,
    });
    if (!made.ok) throw new Error(made.reason);
    const me = scope.user?.id ?? "";
    await givenMany(scope, [me, made.user.id, null], clock);
    const { id: tagId } = await scope.db
      .selectFrom("tags")
      .select("id")
      .where("account_id", "=", scope.account.id)
      .executeTakeFirstOrThrow();
    ids = { me, other: made.user.id, tagId };
    all = await readAll(scope);
  });

  test.each([false, true])(
    "shows exactly what a plain filter lets through, in order, page by page both ways (own only: %s)",
    async (ownOnly) => {
      const reader = { ...scope, ownOnly };
      await fc.assert(
        fc.asyncProperty(address(ids), fc.nat(), async (typed, seed) => {
          const params = Object.entries(typed).filter((each): each is [string, string] => each[1] !== undefined);
          const view = readView(new URLSearchParams(params));
          const expected = plainList(reader, all, view, ids.tagId);
          const pages = await walkBothWays(reader, view);
          expect(pages.flatMap((page) => page.contacts.map((each) => each.id))).toEqual(expected);
          expect(pages[0]).toMatchObject({ total: expected.length, capped: false, previous: null });
          expect((await listIds(reader, view, 1_000)).sort()).toEqual([...expected].sort());
          if (expected.length > 0) await stepFrom(reader, view, { expected, pages, place: seed % expected.length });
        }),
        { numRuns: 60 },
      );
    },
    120_000,
  );
});

function at(view: ContactListView, cursor: Cursor | null): ContactListView {
  return readView(new URLSearchParams(viewQuery(view, { cursor })));
}

/** All pages, forwards; each is the same when one comes back to it. */
async function walkBothWays(scope: Scope, view: ContactListView): Promise<ContactPage[]> {
  const pages = [await listContacts(scope, view)];
  for (let page = pages[0]; page?.next; page = pages.at(-1)) {
    pages.push(await listContacts(scope, at(view, page.next)));
  }
  for (let place = pages.length - 1; place > 0; place--) {
    const back = await listContacts(scope, at(view, pages[place]!.previous));
    expect(back.contacts).toEqual(pages[place - 1]!.contacts);
  }
  return pages;
}

/** Who stands beside the contact at a place, and whether the lists to come back to show them. */
async function stepFrom(
  scope: Scope,
  view: ContactListView,
  { expected, pages, place }: { expected: string[]; pages: ContactPage[]; place: number },
) {
  const page = Math.floor(place / 50);
  const start = page === 0 ? view : at(view, pages[page - 1]!.next);
  const found = await findNeighbours(scope, start, expected[place]!);
  expect(found).toMatchObject({ place: place + 1, total: expected.length, capped: false });
  expect([found?.previous?.id, found?.next?.id]).toEqual([expected[place - 1], expected[place + 1]]);
  for (const beside of [found?.previous, found?.next]) {
    if (!beside) continue;
    const shown = await listContacts(scope, at(view, beside.view.cursor));
    expect(shown.contacts.map((each) => each.id)).toContain(beside.id);
  }
}
