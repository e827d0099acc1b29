import { type BulkChange } from "~/features/contacts/bulk/bulk-edit";
import "~/features/contacts/bulk/tables";
import "~/features/contacts/tables";
import { type Scope } from "~/platform/scope.server";

/** Of how many of those to change a value is replaced that a person has said by hand: only they know why they did. */
export async function countOwnValues(
  scope: Scope,
  { id, change }: { id: string; change: BulkChange },
): Promise<number> {
  if (change.what !== "field") return 0;
  const { count } = await scope.db
    .selectFrom("bulk_contacts as chosen")
    .innerJoin("contact_pins as pin", (join) =>
      join.onRef("pin.account_id", "=", "chosen.account_id").onRef("pin.contact_id", "=", "chosen.contact_id"),
    )
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("chosen.account_id", "=", scope.account.id)
    .where("chosen.bulk_id", "=", id)
    .where("chosen.outcome", "=", "change")
    .where("pin.field", "=", change.field)
    .executeTakeFirstOrThrow();
  return Number(count);
}
