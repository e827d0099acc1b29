import { sql } from "kysely";
import { type CampaignChannel } from "~/features/campaigns/campaign";
import { firstNumber } from "~/features/campaigns/recipients/first-number.server";
import { type LeftOut } from "~/features/campaigns/recipients/left-out";
import { ways } from "~/features/campaigns/recipients/ways";
import "~/features/campaigns/tables";
import "~/features/contacts/tables";
import { type Scope } from "~/platform/scope.server";
import { dateIn } from "~/platform/time";

interface Carer {
  estateId: string;
  id: string;
  type: string;
  archivedAt: string | null;
  diedOn: string | null;
  forbiddenAt: string | null;
  addressKey: string | null;
  suppressedAt: string | null;
}

interface Judged {
  writtenToId: string | null;
  addressKey: string | null;
  leftOut: LeftOut | null;
}

/**
 * An estate that cannot be reached itself is written to in care of its executor, else of an attorney. One statement where
 * no recipient is an estate.
 */
export async function writeToExecutors(
  scope: Scope,
  campaign: { id: string; channel: CampaignChannel },
  contactIds: readonly string[],
): Promise<void> {
  const estates = await scope.db
    .selectFrom("recipients")
    .innerJoin("contacts", (join) =>
      join
        .onRef("contacts.account_id", "=", "recipients.account_id")
        .onRef("contacts.id", "=", "recipients.contact_id"),
    )
    .select("contacts.id")
    .where("recipients.account_id", "=", scope.account.id)
    .where("recipients.campaign_id", "=", campaign.id)
    .where("recipients.contact_id", "in", contactIds)
    .where("recipients.left_out", "in", ["no-address", "deceased"])
    .where("contacts.kind", "=", sql.lit("estate"))
    .where("contacts.archived_at", "is", null)
    .execute();
  if (estates.length === 0) return;
  const ids = estates.map(({ id }) => id);
  const carers = await carersOf(scope, campaign.channel, ids);
  for (const id of ids) {
    const judged = inCareOf(carers.filter(({ estateId }) => estateId === id));
    await scope.db
      .updateTable("recipients")
      .set({ left_out: judged.leftOut, written_to_id: judged.writtenToId, address_key: judged.addressKey })
      .where("account_id", "=", scope.account.id)
      .where("campaign_id", "=", campaign.id)
      .where("contact_id", "=", id)
      .execute();
  }
}

/** The first who can be written to; else why none can. Executors come first, then who acts for longest. */
export function inCareOf(carers: readonly Carer[]): Judged {
  const alive = carers.filter(({ archivedAt, diedOn }) => archivedAt === null && diedOn === null);
  const nobody = { writtenToId: null, addressKey: null };
  if (alive.length === 0) return { ...nobody, leftOut: "deceased" };
  const willing = alive.filter(({ forbiddenAt }) => forbiddenAt === null);
  if (willing.length === 0) return { ...nobody, leftOut: "do-not-contact" };
  const addressed = willing.filter(({ addressKey }) => addressKey !== null);
  if (addressed.length === 0) return { ...nobody, leftOut: "no-address" };
  const reachable = addressed.find(({ suppressedAt }) => suppressedAt === null);
  if (!reachable) return { ...nobody, leftOut: "suppressed" };
  return { writtenToId: reachable.id, addressKey: reachable.addressKey, leftOut: null };
}

function carersOf(scope: Scope, channel: CampaignChannel, estateIds: readonly string[]): Promise<Carer[]> {
  const { point, forbidden } = ways[channel];
  const today = dateIn(scope.account.timeZone, scope.clock.now());
  return scope.db
    .selectFrom("relationships as bond")
    .innerJoin("contacts as carer", (join) =>
      join.onRef("carer.account_id", "=", "bond.account_id").onRef("carer.id", "=", "bond.from_contact_id"),
    )
    .leftJoin("contact_points as point", (join) =>
      join
        .onRef("point.account_id", "=", "carer.account_id")
        .onRef("point.contact_id", "=", "carer.id")
        .on("point.channel", "=", sql.lit(point))
        .on((eb) =>
          channel === "phone"
            ? eb("point.position", "=", eb.fn.coalesce(firstNumber(scope, "carer.id"), eb.lit(0)))
            : eb("point.position", "=", sql.lit(0)),
        ),
    )
    .select(["bond.to_contact_id as estateId", "bond.type", "carer.id", "carer.archived_at as archivedAt"])
    .select(["carer.died_on as diedOn", `carer.${forbidden} as forbiddenAt`, "point.value_key as addressKey"])
    .select("point.suppressed_at as suppressedAt")
    .where("bond.account_id", "=", scope.account.id)
    .where("bond.to_contact_id", "in", estateIds)
    .where("bond.type", "in", ["executor-of", "attorney-for"])
    .where((eb) => eb.or([eb("bond.since", "is", null), eb("bond.since", "<=", today)]))
    .where((eb) => eb.or([eb("bond.until", "is", null), eb("bond.until", ">=", today)]))
    .orderBy("bond.type", "desc")
    .orderBy("bond.since")
    .orderBy("carer.id")
    .execute();
}
