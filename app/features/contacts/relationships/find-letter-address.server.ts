import { homeOf } from "~/features/contacts/values/address-text";
import { carersOf, toCarer } from "~/features/contacts/relationships/carer-rows.server";
import { consentOf } from "~/features/contacts/consent/consent";
import { type ContactDetail } from "~/features/contacts/detail/find-contact.server";
import {
  type Carer,
  type LetterAddress,
  letterAddress,
  type LetterParty,
} from "~/features/contacts/relationships/letter-address";
import { type Scope } from "~/platform/scope.server";
import { dateIn } from "~/platform/time";

/** Estates whose executors are estates whose executors are …: nobody follows that further. */
const MOST_STEPS = 4;

/** To where a letter to a contact goes. One statement for each further estate on the way, and none without. */
export async function findLetterAddress(
  scope: Scope,
  contact: Pick<ContactDetail, "id" | "name" | "values" | "archived" | "marks" | "carers">,
): Promise<LetterAddress> {
  const carers = new Map<string, Carer[]>([[contact.id, contact.carers]]);
  let asked = furtherEstates(contact.carers, carers);
  for (let step = 1; step < MOST_STEPS && asked.length > 0; step++) {
    for (const id of asked) carers.set(id, []);
    const rows = await carersOf(scope.db, scope, asked).execute();
    for (const row of rows) carers.get(row.to_contact_id)?.push(toCarer(row));
    asked = furtherEstates(rows.map(toCarer), carers);
  }
  const today = dateIn(scope.account.timeZone, scope.clock.now());
  return letterAddress(toParty(contact), carers, { today, home: homeOf({ ...scope.account, ...scope.place }) });
}

function furtherEstates(found: readonly Carer[], known: ReadonlyMap<string, unknown>): string[] {
  return found
    .map(({ party }) => party)
    .filter(({ id, kind, addresses }) => kind === "estate" && addresses.length === 0 && !known.has(id))
    .map(({ id }) => id);
}

function toParty({
  id,
  name,
  values: { kind, addresses, diedOn },
  archived,
  marks,
}: Pick<ContactDetail, "id" | "name" | "values" | "archived" | "marks">): LetterParty {
  return {
    id,
    name,
    kind,
    addresses,
    diedOn,
    archived: archived !== null,
    // Whoever is deleted has no page to be asked from.
    deleted: false,
    noLetters: consentOf(marks).letter !== null,
  };
}
