import { homeOf } from "~/features/contacts/address-text";
import { type Carer, type LetterAddress, letterAddress, type LetterParty } from "~/features/contacts/letter-address";
import { seenBy } from "~/features/contacts/seen-by.server";
import "~/features/contacts/tables";
import { type Scope } from "~/platform/scope.server";
import { dateIn } from "~/platform/time";

/** Estates whose executors are estates whose executors are …: nobody follows that further. */
const MOST_STEPS = 4;

/**
 * To where a letter to this contact goes. One statement for an estate without an address of its own; one more for
 * each further estate on the way.
 */
export async function findLetterAddress(scope: Scope, contact: LetterParty): Promise<LetterAddress> {
  const carers = new Map<string, Carer[]>();
  let asked = contact.kind === "estate" && contact.addresses.length === 0 ? [contact.id] : [];
  for (let step = 0; step < MOST_STEPS && asked.length > 0; step++) {
    for (const id of asked) carers.set(id, []);
    for (const { forId, ...carer } of await readCarers(scope, asked)) carers.get(forId)?.push(carer);
    const next = asked.flatMap((id) => carers.get(id) ?? []).map(({ party }) => party);
    asked = next
      .filter(({ id, kind, addresses }) => kind === "estate" && addresses.length === 0 && !carers.has(id))
      .map(({ id }) => id);
  }
  const today = dateIn(scope.account.timeZone, scope.clock.now());
  return letterAddress(contact, carers, { today, home: homeOf({ ...scope.account, ...scope.place }) });
}

/** Everybody who is or was executor of or attorney for these, each with the address they are written to. */
async function readCarers(scope: Scope, contactIds: readonly string[]): Promise<(Carer & { forId: string })[]> {
  const rows = await scope.db
    .selectFrom("relationships")
    .innerJoin("contacts", (join) =>
      join
        .onRef("contacts.account_id", "=", "relationships.account_id")
        .onRef("contacts.id", "=", "relationships.from_contact_id"),
    )
    .leftJoin("contact_points as point", (join) =>
      join
        .onRef("point.account_id", "=", "contacts.account_id")
        .onRef("point.contact_id", "=", "contacts.id")
        .on("point.channel", "=", "address")
        .on("point.position", "=", 0),
    )
    .select(["relationships.to_contact_id", "relationships.type", "relationships.since", "relationships.until"])
    .select(["contacts.id", "contacts.name", "contacts.kind", "contacts.died_on", "contacts.archived_at"])
    .select(["contacts.no_letter_at", "point.position", "point.label", "point.street", "point.city"])
    .select(["point.region", "point.postal_code", "point.country"])
    .where("relationships.account_id", "=", scope.account.id)
    .where("relationships.to_contact_id", "in", contactIds)
    .where("relationships.type", "in", ["executor-of", "attorney-for"])
    .where(seenBy(scope))
    .orderBy("relationships.id")
    .limit(200)
    .execute();
  return rows.map((row) => ({
    forId: row.to_contact_id,
    role: row.type === "executor-of" ? "executor" : "attorney",
    since: row.since,
    until: row.until,
    party: toParty(row),
  }));
}

interface PartyRow {
  id: string;
  name: string;
  kind: LetterParty["kind"];
  died_on: string | null;
  archived_at: string | null;
  no_letter_at: string | null;
  position: number | null;
  label: string | null;
  street: string | null;
  city: string | null;
  region: string | null;
  postal_code: string | null;
  country: string | null;
}

function toParty({ id, name, kind, died_on, archived_at, no_letter_at, position, ...address }: PartyRow): LetterParty {
  const { label, street, city, region, postal_code: postalCode, country } = address;
  return {
    id,
    name,
    kind,
    addresses: position === null ? [] : [{ label, street, city, region, postalCode, country }],
    diedOn: died_on,
    archived: archived_at !== null,
    noLetters: no_letter_at !== null,
  };
}
