/** Emails, phones and addresses of the contacts of an export, and how many columns they take. */
import { type AggregateFunctionBuilder, sql } from "kysely";
import { type PointChannel, pointChannels, type PointColumns } from "~/features/contacts/export/point-channels";
import { parts } from "~/features/contacts/list/kept-contacts.server";
import "~/features/contacts/tables";
import { valueChunks } from "~/platform/db/chunks.server";
import { fromJson } from "~/platform/db/json.server";
import { packRows } from "~/platform/db/pack-rows";
import { type Tables } from "~/platform/db/tables";
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
  position: number,
];

const packed = [
  "channel",
  "label",
  "note",
  "value",
  "street",
  "city",
  "region",
  "postal_code",
  "country",
  "position",
] as const;

/** Those of the contact of each row as one text; of none it is null or an empty list. */
export function packedPoints(scope: Scope) {
  return parts
    .selectFrom("contact_points")
    .select((eb) =>
      packRows(
        scope.database.dialect,
        packed.map((column) => eb.ref(column)),
      ).as("points"),
    )
    .where("contact_points.account_id", "=", scope.account.id)
    .whereRef("contact_points.contact_id", "=", sql.ref("contacts.id"))
    .as("points");
}

const none: readonly PackedPoint[] = [];

/** In their order, by channel. Put into it here: for so few a database takes several times as long. */
export function unpackPoints(text: string | null | undefined): readonly PackedPoint[] {
  return text ? fromJson<PackedPoint[]>(text).sort(inOrder) : none;
}

const POSITION = 9;

function inOrder(one: PackedPoint, other: PackedPoint): number {
  if (one[0] !== other[0]) return one[0] < other[0] ? -1 : 1;
  return one[POSITION] - other[POSITION];
}

/** How many of each a contact has at the most. `contactIds` null: of all contacts of the account. */
export async function surveyPoints(scope: Scope, contactIds: readonly string[] | null): Promise<PointColumns[]> {
  const found = pointChannels.map((channel) => ({ channel, count: 0, labelled: false, noted: false }));
  for (const ids of contactIds ? valueChunks(contactIds) : [null]) {
    const most = (await countPoints(scope, ids)) as Record<string, number | null>;
    for (const columns of found) {
      columns.count = Math.max(columns.count, most[`count_${columns.channel}`] ?? 0);
      columns.labelled ||= (most[`labelled_${columns.channel}`] ?? 0) > 0;
      columns.noted ||= (most[`noted_${columns.channel}`] ?? 0) > 0;
    }
  }
  return found.filter(({ count }) => count > 0);
}

/** Counted contact by contact along the key, so that nothing is sorted. */
function countPoints(scope: Scope, ids: readonly string[] | null) {
  const each = parts
    .selectFrom("contact_points")
    .select((eb) =>
      pointChannels.flatMap((channel) => {
        const counted = (what: AggregateFunctionBuilder<Tables, "contact_points", number>) =>
          what.filterWhere("channel", "=", channel);
        return [
          counted(eb.fn.countAll<number>()).as(`count_${channel}`),
          counted(eb.fn.count<number>("note")).as(`noted_${channel}`),
          counted(eb.fn.count<number>("label")).as(`labelled_${channel}`),
        ];
      }),
    )
    .where("account_id", "=", scope.account.id)
    .$if(ids !== null, (query) => query.where("contact_id", "in", ids ?? []))
    .groupBy("contact_id");
  const names = pointChannels.flatMap((channel) => [`count_${channel}`, `noted_${channel}`, `labelled_${channel}`]);
  return scope.db
    .selectFrom(each.as("each"))
    .select((eb) => names.map((name) => eb.fn.max<number | null>(`each.${name}` as never).as(name)))
    .executeTakeFirstOrThrow();
}
