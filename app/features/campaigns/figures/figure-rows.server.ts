/** The rows behind a figure: recipients of one campaign, narrowed as the figure counts them. */
import { sql, type SqlBool } from "kysely";
import { type CampaignChannel, type Response } from "~/features/campaigns/campaign";
import { type Delivery, deliveries } from "~/features/campaigns/delivery";
import { type FigureFilter, type FigurePart } from "~/features/campaigns/figures/figure-filter";
import { partOf } from "~/features/campaigns/figures/funnel";
import { type LeftOut } from "~/features/campaigns/recipients/left-out";
import { type RecipientPlace } from "~/features/campaigns/recipients/list-address";
import { ways } from "~/features/campaigns/recipients/ways";
import "~/features/campaigns/tables";
import { whoReads } from "~/features/campaigns/recipients/who-reads.server";
import { parts } from "~/features/contacts/list/kept-contacts.server";
import "~/features/contacts/tables";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

export interface FigureRow {
  contactId: string;
  nameKey: string;
  /** Null: the contact is gone for good. */
  name: string | null;
  /** The email or number; null for letters, and where there is none. */
  address: string | null;
  town: string | null;
  leftOut: LeftOut | null;
  delivery: Delivery;
  deliveryAt: string | null;
  deliveryNote: string | null;
  response: Response;
  respondedOn: string | null;
  valueMinor: bigint | null;
}

function isIn(part: FigurePart, delivery: Delivery): boolean {
  const is = partOf({ delivery, leftOut: null });
  if (part === "tried") return delivery !== "none";
  return part === "elsewhere" ? is !== "reached" : is === part;
}

const answersOf = (answer: NonNullable<FigureFilter["answer"]>): readonly Response[] => {
  if (answer === "positive") return ["responded", "converted"];
  return answer === "any" ? ["responded", "converted", "not-interested"] : [answer];
};

/** Of a part: which deliveries, and whether it is told from another by who is left out. */
function deliveriesOf(part: FigurePart): readonly Delivery[] {
  if (part === "left-out") return ["none"];
  return deliveries.filter((delivery) => isIn(part, delivery));
}

function narrowed(scope: Scope, campaignId: string, filter: FigureFilter) {
  const { part, answer, reason, from, until, tag, town } = filter;
  return scope.db
    .selectFrom("recipients as recipient")
    .leftJoin("contacts as contact", (join) =>
      join.onRef("contact.account_id", "=", "recipient.account_id").onRef("contact.id", "=", "recipient.contact_id"),
    )
    .where("recipient.account_id", "=", scope.account.id)
    .where("recipient.campaign_id", "=", campaignId)
    .$if(part !== null, (query) => query.where("recipient.delivery", "in", deliveriesOf(part ?? "tried")))
    .$if(part === "left-out", (query) => query.where("recipient.left_out", "is not", null))
    .$if(part === "to-come", (query) => query.where("recipient.left_out", "is", null))
    .$if(reason !== null, (query) => query.where("recipient.left_out", "=", reason))
    .$if(answer !== null, (query) => query.where("recipient.response", "in", answersOf(answer ?? "any")))
    .$if(from !== null, (query) => query.where("recipient.responded_on", ">=", from))
    .$if(until !== null, (query) => query.where("recipient.responded_on", "<=", until))
    .$if(town === "", (query) => query.where("contact.city", "is", null))
    .$if(town !== null && town !== "", (query) =>
      query.where("contact.city", "is not", null).where("contact.city_key", "=", town ?? ""),
    )
    .$if(tag !== null, (query) =>
      query.where(
        parts.exists(
          parts
            .selectFrom("contact_tags as link")
            .select("link.tag_id")
            .where("link.account_id", "=", scope.account.id)
            .where("link.tag_id", "=", isId(tag ?? "") ? tag : NOBODY)
            .where(sql<SqlBool>`link.contact_id = recipient.contact_id`),
        ),
      ),
    );
}

/** No record's id. */
const NOBODY = "00000000-0000-7000-8000-000000000000";

/** By name, from a row on. One statement. */
export async function listFigureRows(
  scope: Scope,
  campaign: { id: string; channel: CampaignChannel },
  filter: FigureFilter,
  { after, limit }: { after: RecipientPlace | null; limit: number },
): Promise<{ rows: FigureRow[]; next: RecipientPlace | null }> {
  const found = await narrowed(scope, campaign.id, filter)
    .leftJoin("contact_points as point", (join) =>
      join
        .onRef("point.account_id", "=", "recipient.account_id")
        .on(sql<SqlBool>`point.contact_id = ${whoReads}`)
        .on("point.channel", "=", sql.lit(ways[campaign.channel].point))
        .on("point.position", "=", sql.lit(0)),
    )
    .select([
      "recipient.contact_id as contactId",
      "recipient.name_key as nameKey",
      "contact.name",
      "contact.city as town",
    ])
    .select(["point.value as address", "recipient.left_out as leftOut", "recipient.delivery", "recipient.response"])
    .select(["recipient.delivery_at as deliveryAt", "recipient.delivery_note as deliveryNote"])
    .select(["recipient.responded_on as respondedOn", "recipient.value_minor"])
    .$if(after !== null && isId(after.contactId), (query) =>
      query.where((eb) =>
        eb(
          eb.refTuple("recipient.name_key", "recipient.contact_id"),
          ">",
          eb.tuple(after?.nameKey ?? "", after?.contactId ?? ""),
        ),
      ),
    )
    .orderBy("recipient.name_key")
    .orderBy("recipient.contact_id")
    .limit(limit + 1)
    .execute();
  const rows = found.slice(0, limit).map(({ value_minor: valueMinor, ...row }) => ({ ...row, valueMinor }));
  const last = found.length > limit ? rows.at(-1) : undefined;
  return { rows, next: last ? { nameKey: last.nameKey, contactId: last.contactId } : null };
}

/** How many a figure counts, with the name of its town; and of its tag, where it has one. Up to two statements. */
export async function countFigureRows(scope: Scope, campaignId: string, filter: FigureFilter) {
  const [{ count, town }, tag] = await Promise.all([
    narrowed(scope, campaignId, filter)
      .select((eb) => [eb.fn.countAll<number>().as("count"), eb.fn.min<string | null>("contact.city").as("town")])
      .executeTakeFirstOrThrow(),
    filter.tag !== null && isId(filter.tag) ? findTagName(scope, filter.tag) : null,
  ]);
  return { count: Number(count), town: filter.town ? town : null, tag };
}

async function findTagName(scope: Scope, tagId: string): Promise<string | null> {
  const tag = await scope.db
    .selectFrom("tags")
    .select("name")
    .where("account_id", "=", scope.account.id)
    .where("id", "=", tagId)
    .executeTakeFirst();
  return tag?.name ?? null;
}
