/** What the home page tells whoever looks after connectors. */
import { describe, expect, test } from "vitest";
import { endAccess } from "~/features/connectors/access/end-access.server";
import { tellConnector } from "~/features/connectors/alerts/tell-connector.server";
import { pauseConnectors } from "~/features/connectors/move-connectors.server";
import "~/features/connectors/tables";
import { connectorToDos } from "~/features/connectors/troubled-words";
import { readTroubled, troubledConnectors } from "~/features/connectors/troubled.server";
import { packTexts } from "~/platform/db/pack-rows";
import { fromJson } from "~/platform/db/json.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";
import { connected } from "~/testing/given-syncs";

async function named(scope: Scope, name: string, columns: object = {}): Promise<string> {
  const id = await connected(scope);
  await scope.db
    .updateTable("connectors")
    .set({ name, secrets: "sealed", ...columns })
    .where("account_id", "=", scope.account.id)
    .where("id", "=", id)
    .execute();
  return id;
}

/** As the home page reads them: along with something else. */
async function troubled(scope: Scope) {
  const along = packTexts(scope.database.dialect, { connectors: troubledConnectors(scope) });
  const { along: text } = await scope.db
    .selectFrom("connectors")
    .select(along.as("along"))
    .where("account_id", "=", scope.account.id)
    .limit(1)
    .executeTakeFirstOrThrow();
  return readTroubled(fromJson<{ connectors: string | null }>(text ?? "{}").connectors, "en-GB");
}

const lose = (scope: Scope, connectorId: string) =>
  endAccess(scope, { connectorId, why: "It was taken back there.", action: "connector.grant-ended" });
const failed = (scope: Scope, connectorId: string) =>
  tellConnector(scope, connectorId, { what: "failed", runId: null, why: "Odoo did not answer." });

describe.each(databases)("connectors that need somebody, on %s", (engine) => {
  test("are those that lost their access, were stopped by a brake, or failed at last; not what people ended themselves", async () => {
    const { scope, other } = await given.twoAccounts(engine);
    const [lost, asks, fails] = [
      await named(scope, "Outlook of Hale"),
      await named(scope, "HubSpot of Brandt", { state: "asking" }),
      await named(scope, "Odoo of Brandt"),
    ];
    await lose(scope, lost);
    await failed(scope, fails);
    await named(scope, "Google of Brandt");
    const [disconnected, paused, mended] = [
      await named(scope, "Pipedrive"),
      await named(scope, "Salesforce"),
      await named(scope, "Google of Hale"),
    ];
    await endAccess(scope, {
      connectorId: disconnected,
      why: "Ann disconnected it.",
      action: "connector.disconnected",
    });
    await failed(scope, paused);
    await pauseConnectors(scope, [paused]);
    await failed(scope, mended);
    await tellConnector(scope, mended, { what: "recovered", runId: null });
    await lose(other, await named(other, "Google of others"));
    const found = await troubled(scope);
    expect(connectorToDos(found).map(({ who, words, href }) => [who, words, href])).toEqual([
      ["HubSpot of Brandt", "waits for an answer, and goes on when it has one", `connectors/${asks}/answer`],
      ["Odoo of Brandt", "could not be read to the end the last time: see why", `connectors/${fails}`],
      ["Outlook of Hale", "has to be connected again, and nothing is read until then", `connectors/${lost}`],
    ]);
  });

  test("are told of up to four, and that there are more", async () => {
    const scope = await given.scope(engine);
    for (const name of ["Ada", "Ben", "Cleo", "Dora", "Emil"])
      await lose(scope, await named(scope, `Google of ${name}`));
    expect(connectorToDos(await troubled(scope)).map(({ who }) => who)).toEqual([
      ...["Google of Ada", "Google of Ben", "Google of Cleo", "Google of Dora", "More connectors"],
    ]);
  });

  test("there are none of, where there is no connector in trouble", async () => {
    const scope = await given.scope(engine);
    await named(scope, "Google of Brandt");
    expect(await troubled(scope)).toEqual({ connectors: [], isMore: false });
  });
});
