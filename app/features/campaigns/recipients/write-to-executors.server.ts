import { sql } from "kysely";
import { type CampaignChannel } from "~/features/campaigns/campaign";
import { firstNumber } from "~/features/campaigns/recipients/first-number.server";
import { type Judged } from "~/features/campaigns/recipients/judged";
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

type InCare = Pick<Judged, "writtenToId" | "addressKey" | "leftOut">;

/**
 * An estate that cannot be reached itself is written to in care of its executor, else of an attorney. No statement where
 * nobody is an estate.
 */
export async function writeToExecutors(
  scope: Scope,
  channel: CampaignChannel,
  people: readonly Judged[],
): Promise<readonly Judged[]> {
  const isUnreached = ({ kind, leftOut }: Judged) =>
    kind === "estate" && (leftOut === "no-address" || leftOut === "deceased");
  const estates = people.filter(isUnreached);
  if (estates.length === 0) return people;
  const carers = await carersOf(
    scope,
    channel,
    estates.map(({ contactId }) => contactId),
  );
  const byEstate = new Map<string, Carer[]>();
  for (const carer of carers) byEstate.set(carer.estateId, [...(byEstate.get(carer.estateId) ?? []), carer]);
  return people.map((person) =>
    isUnreached(person) ? { ...person, ...inCareOf(byEstate.get(person.contactId) ?? []) } : person,
  );
}

/** The first who can be written to; else why none can. Executors come first, then who acts for longest. */
export function inCareOf(carers: readonly Carer[]): InCare {
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
            ? eb("point.position", "=", eb.fn.coalesce(firstNumber(scope, sql.ref("carer.id")), eb.lit(0)))
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
