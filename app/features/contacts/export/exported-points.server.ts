/** Emails, phones and addresses of the contacts of an export, and how many columns they take. */
import { sql } from "kysely";
import { type Address, type Email, type Phone } from "~/features/contacts/contact";
import {
  familyOf,
  type PointChannel,
  type PointColumns,
  pointFamilies,
  type PointFamily,
} from "~/features/contacts/export/point-families";
import { parts } from "~/features/contacts/list/kept-contacts.server";
import "~/features/contacts/tables";
import { valueChunks } from "~/platform/db/chunks.server";
import { type Scope } from "~/platform/scope.server";

export interface Points {
  emails: Email[];
  phones: Phone[];
  addresses: Address[];
}

/** One entry for each of the contacts. One statement; for some hundred at a time. */
export async function readPoints(scope: Scope, contactIds: readonly string[]): Promise<Map<string, Points>> {
  const found = new Map<string, Points>(contactIds.map((id) => [id, { emails: [], phones: [], addresses: [] }]));
  if (contactIds.length === 0) return found;
  const rows = await scope.db
    .selectFrom("contact_points")
    .select(["contact_id", "channel", "label", "note", "value", "street", "city", "region", "postal_code", "country"])
    .where("account_id", "=", scope.account.id)
    .where("contact_id", "in", contactIds)
    .orderBy("contact_id")
    .orderBy("channel")
    .orderBy("position")
    .execute();
  for (const row of rows) {
    const points = found.get(row.contact_id);
    const { label, street, city, region, country } = row;
    const note = row.note === null ? {} : { note: row.note };
    if (row.channel === "address") {
      points?.addresses.push({ label, ...note, street, city, region, postalCode: row.postal_code, country });
    } else {
      points?.[row.channel === "email" ? "emails" : "phones"].push({ value: row.value ?? "", label, ...note });
    }
  }
  return found;
}

/** How many of each family a contact has at the most. `contactIds` null: of all contacts of the account. */
export async function surveyPoints(scope: Scope, contactIds: readonly string[] | null): Promise<PointColumns[]> {
  const found = new Map<PointFamily, PointColumns>();
  for (const ids of contactIds ? valueChunks(contactIds) : [null]) {
    for (const row of await countPoints(scope, ids)) {
      const family = familyOf(row.channel, row.family);
      const known = found.get(family) ?? { family, count: 0, labelled: false, noted: false };
      found.set(family, {
        family,
        count: Math.max(known.count, row.count),
        labelled: known.labelled || (family.label === "" && row.labelled > 0),
        noted: known.noted || row.noted > 0,
      });
    }
  }
  return pointFamilies.flatMap((family) => found.get(family) ?? []);
}

function countPoints(scope: Scope, ids: readonly string[] | null) {
  const labels = (wanted: PointChannel) =>
    pointFamilies.flatMap(({ channel, label }) => (channel === wanted && label ? [label] : []));
  const each = parts
    .selectFrom("contact_points")
    .select((eb) => [
      "channel",
      eb
        .case()
        .when(eb.and([eb("channel", "=", "email"), eb("label", "in", labels("email"))]))
        .then(eb.ref("label"))
        .when(eb.and([eb("channel", "=", "phone"), eb("label", "in", labels("phone"))]))
        .then(eb.ref("label"))
        .else(sql<string>`''`)
        .end()
        .as("family"),
      eb.fn.countAll<number>().as("count"),
      eb.fn.count<number>("label").as("labelled"),
      eb.fn.count<number>("note").as("noted"),
    ])
    .where("account_id", "=", scope.account.id)
    .$if(ids !== null, (query) => query.where("contact_id", "in", ids ?? []))
    .groupBy(["contact_id", "channel", "family"]);
  return scope.db
    .selectFrom(each.as("each"))
    .select((eb) => [
      "each.channel",
      "each.family",
      eb.fn.max<number>("each.count").as("count"),
      eb.fn.max<number>("each.labelled").as("labelled"),
      eb.fn.max<number>("each.noted").as("noted"),
    ])
    .groupBy(["each.channel", "each.family"])
    .execute();
}
