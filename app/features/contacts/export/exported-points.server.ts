/** Emails, phones and addresses of the contacts of an export, and how many columns they take. */
import { sql } from "kysely";
import {
  familyPlace,
  type PointChannel,
  type PointColumns,
  pointFamilies,
} from "~/features/contacts/export/point-families";
import { parts } from "~/features/contacts/list/kept-contacts.server";
import "~/features/contacts/tables";
import { valueChunks } from "~/platform/db/chunks.server";
import { fromJson } from "~/platform/db/json.server";
import { type Scope } from "~/platform/scope.server";

/** As the database packs them: one text for each contact is read several times as fast as a row for each point. */
export type PackedPoint = readonly [
  channel: PointChannel,
  label: string | null,
  note: string | null,
  value: string | null,
  street: string | null,
  city: string | null,
  region: string | null,
  postalCode: string | null,
  country: string | null,
];

const packed = ["channel", "label", "note", "value", "street", "city", "region", "postal_code", "country"] as const;
const functions = {
  sqlite: { list: "json_group_array", item: "json_array" },
  postgres: { list: "json_agg", item: "json_build_array" },
};

/** Those of some hundred contacts, each contact's in their order; who has none is missing. One statement. */
export async function readPoints(scope: Scope, contactIds: readonly string[]): Promise<Map<string, PackedPoint[]>> {
  if (contactIds.length === 0) return new Map();
  const { list, item } = functions[scope.database.dialect];
  const rows = await scope.db
    .selectFrom("contact_points")
    .select((eb) => [
      "contact_id",
      eb
        .cast<string>(
          eb.fn
            .agg<string>(list, [eb.fn<string>(item, [...packed])])
            .orderBy("channel")
            .orderBy("position"),
          "text",
        )
        .as("points"),
    ])
    .where("account_id", "=", scope.account.id)
    .where("contact_id", "in", contactIds)
    .groupBy("contact_id")
    .execute();
  return new Map(rows.map(({ contact_id, points }) => [contact_id, fromJson<PackedPoint[]>(points)]));
}

/** How many of each family a contact has at the most. `contactIds` null: of all contacts of the account. */
export async function surveyPoints(scope: Scope, contactIds: readonly string[] | null): Promise<PointColumns[]> {
  const found = new Map<number, Omit<PointColumns, "place" | "family">>();
  for (const ids of contactIds ? valueChunks(contactIds) : [null]) {
    for (const row of await countPoints(scope, ids)) {
      const place = familyPlace(row.channel, row.family);
      const known = found.get(place) ?? { count: 0, labelled: false, noted: false };
      found.set(place, {
        count: Math.max(known.count, row.count),
        labelled: known.labelled || (row.family === "" && row.labelled > 0),
        noted: known.noted || row.noted > 0,
      });
    }
  }
  return pointFamilies.flatMap((family, place) => {
    const columns = found.get(place);
    return columns ? [{ place, family, ...columns }] : [];
  });
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
