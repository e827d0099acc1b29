import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addContacts } from "~/features/campaigns/recipients/add-recipients.server";
import { judgeAgain } from "~/features/campaigns/recipients/judge-recipients.server";
import "~/features/campaigns/tables";
import { correctHousehold } from "~/features/contacts/household/household.server";
import "~/features/contacts/tables";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";
import { plan } from "~/testing/given-campaigns";

/** Alike to each other; the last two stand in one order as bytes, in the other as JavaScript has them. */
const givenNames = ["Folasade", "Kemi", "﨎", "𠮷"];
const people = fc.array(
  fc.record({
    givenName: fc.constantFrom(...givenNames),
    familyName: fc.constantFrom("Adebayo", "Hale", null),
    house: fc.option(fc.nat(1), { freq: 4 }),
  }),
  { minLength: 2, maxLength: 7 },
);
const some = fc.array(fc.nat(6), { minLength: 1, maxLength: 7 });
const story = {
  channel: fc.constantFrom("email", "letter"),
  people,
  apart: fc.array(fc.tuple(fc.nat(6), fc.nat(6)), { maxLength: 3 }),
  additions: fc.array(some, { minLength: 1, maxLength: 3 }),
  again: some,
};

interface Someone {
  id: string;
  nameKey: string;
  familyName: string | null;
  house: number | null;
}

async function invite(scope: Scope, one: { givenName: string; familyName: string | null; house: number | null }) {
  const { id } = await given.contact(scope, {
    ...{ givenName: one.givenName, familyName: one.familyName },
    ...(one.house === null
      ? {}
      : {
          emails: [{ label: null, value: `house-${one.house}@kiln.example` }],
          addresses: [
            {
              ...{ label: null, street: `${one.house} Kiln Row`, city: "London" },
              ...{ region: null, postalCode: "E8 4QN", country: "GB" },
            },
          ],
        }),
  });
  const { name_key: nameKey } = await scope.db
    .selectFrom("contacts")
    .select("name_key")
    .where("account_id", "=", scope.account.id)
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  return { ...one, id, nameKey };
}

async function listed(scope: Scope, campaignId: string): Promise<Map<string, string | null>> {
  const rows = await scope.db
    .selectFrom("recipients")
    .select(["contact_id", "left_out"])
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .execute();
  return new Map(rows.map((row) => [row.contact_id, row.left_out]));
}

const bytes = ({ nameKey, id }: Someone) => Buffer.from(`${nameKey}\0${id}`);

/** The rule as it is told: one after the other, by name; whoever is one with somebody who is written to is left out. */
function come(list: Map<string, string | null>, comers: Someone[], isDouble: (one: Someone, other: string) => boolean) {
  for (const one of comers) list.delete(one.id);
  for (const one of comers.toSorted((a, b) => Buffer.compare(bytes(a), bytes(b)))) {
    const isBefore = [...list].some(([other, leftOut]) => leftOut === null && isDouble(one, other));
    list.set(one.id, one.house === null ? "no-address" : isBefore ? "double" : null);
  }
}

describe.each(databases)("doubles on a list, on %s", (engine) => {
  test("are whoever is one with somebody before them, however the list is filled and judged anew", async () => {
    const { scope } = await given.twoAccounts(engine);
    await fc.assert(
      fc.asyncProperty(fc.record(story), async ({ channel, people, apart, additions, again }) => {
        const all: Someone[] = [];
        for (const one of people) all.push(await invite(scope, one));
        const at = (places: readonly number[]) => [...new Set(places)].flatMap((place) => all[place] ?? []);
        const parted = new Set<string>();
        for (const [one, other] of apart.map(at)) {
          if (!one || !other) continue;
          await correctHousehold(scope, { contactId: one.id, otherId: other.id, kind: "apart" });
          parted.add(one.id + other.id).add(other.id + one.id);
        }
        const isDouble = (one: Someone, otherId: string) => {
          const other = all.find(({ id }) => id === otherId);
          if (one.house !== other?.house || one.house === null) return false;
          if (channel === "email") return true;
          const isFamily = one.familyName !== null && one.familyName === other.familyName;
          return (isFamily || one.nameKey === other.nameKey) && !parted.has(one.id + otherId);
        };
        const campaignId = await plan(scope, channel === "email" ? "email" : "letter");
        const list = new Map<string, string | null>();
        const isAsTold = async () => {
          const told = [...list].map(([id, why]) => [id, why === "double" ? doubleOf[channel] : why] as const);
          expect(await listed(scope, campaignId)).toEqual(new Map(told));
        };
        for (const places of additions) {
          const comers = at(places).filter(({ id }) => !list.has(id));
          const ids = at(places).map(({ id }) => id);
          await addContacts(scope, campaignId, ids);
          come(list, comers, isDouble);
          await isAsTold();
        }
        const judged = at(again).filter(({ id }) => list.has(id));
        await judgeAgain(
          scope,
          { id: campaignId, channel: channel === "email" ? "email" : "letter" },
          judged.map(({ id }) => id),
        );
        come(list, judged, isDouble);
        await isAsTold();
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});

const doubleOf: Record<string, string> = { email: "double-address", letter: "double-household" };
