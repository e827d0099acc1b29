/** Refusals of before this version are reached by erasing, too; where nobody knows any more whom they name, they name nobody. */
import { sql } from "kysely";
import { expect, test } from "vitest";
import { up } from "./20261123T0210_named_in_refusals";
import { listRefusals } from "~/features/pipeline/corrections/refused-rows.server";
import "~/features/pipeline/tables";
import { secureTables } from "~/platform/db/postgres-role.server";
import { newId } from "~/platform/ids.server";
import { imported } from "~/testing/corrected";
import { databases, openTestDatabase } from "~/testing/databases";
import { given } from "~/testing/given";

test.each(databases)("whom older refusals name is known, on %s", async (engine) => {
  const database = await openTestDatabase(engine);
  try {
    const scope = await given.scope(engine, "admin", { database });
    const email = (value: string) => [{ value, label: null }];
    const ann = await given.contact(scope, { givenName: "Ann", emails: email("ann@okafor.example") });
    const ben = await given.contact(scope, { givenName: "Ben", emails: email("ben@okafor.example") });
    const both = "Okafor & Sons,ann@okafor.example; ben@okafor.example\n";
    const { id: runId } = await imported(scope, `Company,Email\n${both.repeat(3)}`);
    const fits = JSON.stringify([{ id: newId(), name: "Carla" }]);
    for (const statement of [
      sql`drop table refused_fits`,
      sql`update refused_rows set fits = ${fits}, reason = '1 contact fits: “Carla”' where position = 3`,
      sql`update refused_rows set fits = null where position = 4`,
    ]) {
      await statement.execute(database.unguarded);
    }
    await up(database.unguarded as unknown as Parameters<typeof up>[0]);
    if (engine === "postgres") await secureTables(database.unguarded, database.appRole);
    await database.reload();

    const lines = await listRefusals(scope, runId, { after: 0, limit: 9 });
    expect(lines.map(({ fits }) => fits.length)).toEqual([2, 0, 0]);
    expect(lines[0]?.reason).toContain("“Ann (ann@okafor.example)”");
    expect(new Set(lines.slice(1).map(({ reason }) => reason))).toEqual(
      new Set(["Several that are here fitted it alike. Which ones is no longer told. Bring it in again."]),
    );
    const named = scope.db.selectFrom("refused_fits").select(["position", "subject_id"]);
    const rows = await named.where("account_id", "=", scope.account.id).orderBy("subject_id").execute();
    const those = [ann.id, ben.id].sort();
    expect(rows).toEqual(those.map((id) => ({ position: 2, subject_id: id })));
  } finally {
    await database.close();
  }
});
