/** How far a campaign has come with its recipients, written by whoever sends, prints or calls. */
import { type Delivery, isCounted } from "~/features/campaigns/delivery";
import { countingRecipients } from "~/features/campaigns/recipients/count-recipients.server";
import "~/features/campaigns/tables";
import { lockRows } from "~/platform/db/lock-rows.server";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

export interface Mark {
  delivery: Delivery;
  /** What the server said, or whoever called; one line. */
  note?: string | null;
  /** Not tried again before. */
  nextAt?: string | null;
  /** Whether this was a try of its own. */
  isTry?: boolean;
  /** Where the calls themselves tell since when it stands so, by whom, and after how many tries. */
  since?: { at: string | null; by: string | null; tries: number };
  /** Whoever has them on their page keeps them. */
  keepsReservation?: boolean;
}

/** As many are marked in a statement. */
export const MOST_MARKED = 500;

export interface Marked {
  contactId: string;
  /** How it stood before. */
  was: Delivery;
  wasNote: string | null;
}

/**
 * Marks those of these recipients that stand in one of `from`, in the caller's transaction, and counts them. Nobody else is
 * touched: what is told twice counts once. At most `MOST_MARKED` at a time.
 */
export async function markDelivery(
  scope: Scope,
  campaignId: string,
  contactIds: readonly string[],
  { mark, from }: { mark: Mark; from: readonly Delivery[] },
): Promise<Marked[]> {
  const ids = contactIds.filter(isId);
  if (ids.length > MOST_MARKED) throw new RangeError("More recipients than are marked in one statement");
  if (ids.length === 0 || !isId(campaignId)) return [];
  const rows = await scope.db
    .selectFrom("recipients")
    .select(["contact_id as contactId", "delivery as was", "delivery_note as wasNote"])
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("contact_id", "in", ids)
    .where("delivery", "in", from)
    .orderBy("contact_id")
    .$call(lockRows(scope))
    .execute();
  if (rows.length === 0) return [];
  const marked = rows.map(({ contactId }) => contactId);
  const isCountOther = isCounted(mark.delivery) || rows.some(({ was }) => isCounted(was));
  if (isCountOther) await countingRecipients(scope, campaignId, marked, () => write(scope, campaignId, marked, mark));
  else await write(scope, campaignId, marked, mark);
  return rows;
}

function write(scope: Scope, campaignId: string, contactIds: readonly string[], mark: Mark) {
  return scope.db
    .updateTable("recipients")
    .set((eb) => ({
      ...{ delivery: mark.delivery, delivery_at: scope.clock.now(), delivery_by: scope.user?.id ?? null },
      ...{ delivery_note: mark.note ?? null, next_at: mark.nextAt ?? null },
      ...(mark.keepsReservation ? {} : { reserved_by: null, reserved_until: null }),
      ...(mark.isTry ? { tries: eb("tries", "+", 1) } : {}),
      ...(mark.since ? { delivery_at: mark.since.at, delivery_by: mark.since.by, tries: mark.since.tries } : {}),
    }))
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("contact_id", "in", contactIds)
    .execute();
}
