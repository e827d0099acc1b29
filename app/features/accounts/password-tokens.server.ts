import "~/features/accounts/tables";
import { type InstallationScope } from "~/platform/scope.server";

/** Voids the links by which this person could set a password. One is good only for how things were when it was made. */
export async function voidPasswordLinks(scope: InstallationScope, userId: string): Promise<void> {
  await scope.db
    .updateTable("tokens")
    .set({ used_at: scope.clock.now() })
    .where("user_id", "=", userId)
    .where("purpose", "=", "password")
    .where("used_at", "is", null)
    .execute();
}
