import { recordEvent } from "~/features/audit/audit.server";
import { type Provider } from "~/features/connectors/connector";
import { type Doors } from "~/features/connectors/runs/doors";
import { planNext } from "~/features/connectors/schedule/plan-next.server";
import { lockConnector, startSync } from "~/features/connectors/runs/start-sync.server";
import { findSetUp, isConnected, type SetUp } from "~/features/connectors/set-up/find-set-up.server";
import { streamsOf } from "~/features/connectors/streams-of";
import "~/features/connectors/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

/** What is still to be done before a connector can be switched on, and where. */
export interface Missing {
  step: "connection" | "fields" | "mapping";
  words: string;
}

/** Null: it can be switched on. */
export function missingIn(setUp: SetUp, provider: Provider): Missing | null {
  if (!isConnected(setUp, provider)) {
    return { step: "connection", words: `${provider.name} has to be connected first.` };
  }
  const read = streamsOf(provider, setUp.connector).filter(({ id }) => setUp.selection[id]);
  if (read.length === 0) return { step: "fields", words: "Choose first what is to be read." };
  const unmapped = read.filter(({ id }) => !setUp.mapping[id]?.fields.some((field) => field !== ""));
  if (unmapped.length === 0) return null;
  const names = unmapped.map(({ noun }) => noun.many).join(" and ");
  return { step: "mapping", words: `Say first where the fields of the ${names} go.` };
}

export type SwitchOnResult =
  /** Null: one is at work already. */
  | { ok: true; runId: string | null }
  | { ok: false; reason: "not-found" | "on-already" }
  | { ok: false; reason: "missing"; missing: Missing };

/** Switches a connector on that has been set up, and starts its first run: from then on it is read. */
export function switchOn(
  scope: Scope,
  connectorId: string,
  { doors }: { doors: Pick<Doors, "providers"> },
): Promise<SwitchOnResult> {
  return inTransaction(scope, async (scope) => {
    const connector = await lockConnector(scope, connectorId);
    const setUp = connector && (await findSetUp(scope, connectorId));
    const provider = doors.providers.get(connector?.provider ?? "");
    if (!setUp || !provider) return { ok: false, reason: "not-found" };
    if (setUp.connector.state !== "setting-up") return { ok: false, reason: "on-already" };
    const missing = missingIn(setUp, provider);
    if (missing) return { ok: false, reason: "missing", missing };
    await scope.db
      .updateTable("connectors")
      .set((eb) => ({ state: "on", changed_at: scope.clock.now(), version: eb("version", "+", 1) }))
      .where("account_id", "=", scope.account.id)
      .where("id", "=", connectorId)
      .execute();
    // What its runs would do, they do now.
    await scope.db
      .deleteFrom("connector_trials")
      .where("account_id", "=", scope.account.id)
      .where("connector_id", "=", connectorId)
      .execute();
    await recordEvent(scope, { action: "connector.switched-on", subject: { connectorId } });
    await planNext(scope, connectorId);
    const started = await startSync(scope, connectorId, { mode: "whole", doors });
    if (started.ok) return started;
    if (started.reason === "at-work") return { ok: true, runId: null };
    throw new Error(`What can be switched on can be started: ${started.reason}`);
  });
}
