import { sql } from "kysely";
import { expect, test } from "vitest";
import { up } from "../../../../migrations/20261122T1710_disconnected";
import { endAccess } from "~/features/connectors/access/end-access.server";
import { storeGrant } from "~/features/connectors/access/store-grant.server";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";
import { connected } from "~/testing/given-syncs";

const provider = { id: "small", access: { scopes: ["contacts"] } };
const granted = { accessToken: "a", refreshToken: "r", lastsSeconds: 60, scopes: ["contacts"], extras: {} };

test.each(databases)(
  "whoever disconnected a connector before that was noted is known by the words of its end, on %s",
  async (engine) => {
    const { scope, close } = await given.ownDatabase(engine);
    const ids: string[] = [];
    for (const why of ["Ann Okafor disconnected it.", "It was taken back there.", null]) {
      const connectorId = await connected(scope);
      await storeGrant(scope, { connectorId, provider, granted, whose: null, by: "session" });
      const action = "connector.grant-ended" as const;
      if (why !== null) await endAccess(scope, { connectorId, why, action });
      ids.push(connectorId);
    }
    const db = scope.database.unguarded;
    await sql`alter table connectors drop column disconnected_at`.execute(db);
    await up(db as unknown as Parameters<typeof up>[0]);
    const rows = await db.selectFrom("connectors").select(["id", "disconnected_at"]).execute();
    const noted = new Map(rows.map(({ id, disconnected_at }) => [id, disconnected_at]));
    expect(ids.map((id) => noted.get(id) !== null)).toEqual([true, false, false]);
    await close();
  },
);
