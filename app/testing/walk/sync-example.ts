/** A connector of ours, what it has read, and a run of it that a worker has taken up. */
import { subjects } from "~/composition.server";
import { saveSelection } from "~/features/connectors/runs/save-selection.server";
import { sourceOf } from "~/features/connectors/runs/run-source.server";
import { lockConnector, startSync } from "~/features/connectors/runs/start-sync.server";
import { selection } from "~/features/connectors/connector-settings";
import "~/features/connectors/tables";
import { type Taking } from "~/features/pipeline/sourced/meet-records.server";
import { openSourcedRun } from "~/features/pipeline/sourced/open-sourced-run.server";
import { keepSeen } from "~/features/pipeline/sourced/seen-records.server";
import { findNamed, type SourceRecordRow } from "~/features/pipeline/sourced/source-records.server";
import "~/features/pipeline/tables";
import { type Scope } from "~/platform/scope.server";
import { connected, runOf } from "~/testing/given-syncs";
import { type SmallSystem, smallSystem } from "~/testing/small-system";
import { continueSync } from "~/features/connectors/runs/continue-sync.server";

export interface SyncExample {
  system: SmallSystem;
  connectorId: string;
  connector: NonNullable<Awaited<ReturnType<typeof lockConnector>>>;
  /** A run that has ended. */
  doneRunId: string;
  changeSetId: string;
  /** A run that a worker has taken up, at its first stream. */
  taking: Taking;
  /** Of somebody who works for a company, of that company, and of somebody else. */
  rows: { worker: SourceRecordRow; company: SourceRecordRow; other: SourceRecordRow };
  erasureId: string;
  /** Who works for whom. */
  relationId: string;
}

const { signal } = new AbortController();

export async function syncExample(scope: Scope): Promise<SyncExample> {
  const system = smallSystem();
  const { doors, provider } = system;
  const email = (who: string) => `${who}@quillfeather.example`;
  system.put("people", "p1", { given: "Zymurgy", family: "Quillfeather", email: email("z"), worksFor: "c1" });
  system.put("people", "p2", { given: "Yolanda", family: "Quillfeather", email: email("y") });
  system.put("people", "p3", { given: "Xaver", email: "xaver at home" });
  system.put("people", "p4", { given: "Wanda", family: "Quillfeather", email: email("w") });
  system.put("companies", "c1", { name: "Quillfeather Zymurgy Works" });
  const connectorId = await connected(scope);
  const doneRunId = await started(scope, connectorId, system);
  await continueSync(scope, doneRunId, { subjects, doors, signal });
  const { changeSetId } = await runOf(scope, doneRunId);
  const connector = there(await lockConnector(scope, connectorId));
  const chosen = selection.parse(JSON.parse(connector.selection));
  const people = { fields: ["given", "family", "email", "worksFor"], start: null };
  await saveSelection(scope, connectorId, { chosen: { ...chosen, people }, doors });
  const opened = there(await openSourcedRun(scope, subjects, await started(scope, connectorId, system)));
  const run = { ...opened, seen: await keepSeen(scope, opened, { streamId: "companies", numbers: [1] }) };
  const source = sourceOf(scope, { connector, provider, settings: run.settings, doors });
  const rows = await rowsOf(scope, run);
  const erasures = scope.db.selectFrom("field_erasures").select("id").where("account_id", "=", scope.account.id);
  const { id: erasureId } = await erasures.executeTakeFirstOrThrow();
  const links = scope.db.selectFrom("source_links").select("relation_id").where("account_id", "=", scope.account.id);
  const { relation_id: relationId } = await links.executeTakeFirstOrThrow();
  return {
    ...{ system, connectorId, connector, doneRunId, changeSetId: there(changeSetId), rows, erasureId },
    relationId: there(relationId),
    taking: { run, stream: there(run.streams[0]), source },
  };
}

function there<Thing>(thing: Thing | null | undefined): Thing {
  if (thing === null || thing === undefined) throw new Error("The example of a connector lacks something");
  return thing;
}

/** One of the people is going. */
async function rowsOf(scope: Scope, run: Taking["run"]): Promise<SyncExample["rows"]> {
  const people = await findNamed(scope, { run, streamId: "people" }, ["p1", "p2", "p4"]);
  const companies = await findNamed(scope, { run, streamId: "companies" }, ["c1"]);
  await scope.db
    .updateTable("source_records")
    .set({ state: "going" })
    .where("account_id", "=", scope.account.id)
    .where("id", "=", there(people.get("p4")).id)
    .execute();
  return { worker: there(people.get("p1")), other: there(people.get("p2")), company: there(companies.get("c1")) };
}

async function started(scope: Scope, connectorId: string, { doors }: SmallSystem): Promise<string> {
  const started = await startSync(scope, connectorId, { doors });
  if (!started.ok) throw new Error(started.reason);
  return started.runId;
}
