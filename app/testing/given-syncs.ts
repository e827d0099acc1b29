/** Connectors of the small system for tests, read as their job reads them. */
import { subjects } from "~/composition.server";
import { type Question } from "~/features/connectors/connector-settings";
import { answerQuestion } from "~/features/connectors/runs/answer-question.server";
import { continueSync } from "~/features/connectors/runs/continue-sync.server";
import { startSync, type SyncMode } from "~/features/connectors/runs/start-sync.server";
import { type Offers } from "~/features/connectors/set-up/offers";
import "~/features/connectors/tables";
import { type Answer } from "~/features/pipeline/run/run";
import { findRun, logTail, type RunFacts } from "~/features/pipeline/run/runs.server";
import { fromJson } from "~/platform/db/json.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { MINUTE_MS } from "~/platform/time";
import { type TestClock } from "~/testing/given";
import { type SmallSystem } from "~/testing/small-system";

const never = new AbortController().signal;

interface Chosen {
  fields?: Record<string, readonly string[]>;
  start?: string | null;
  rules?: object;
}

const peopleColumns = [
  ["given", "Given name", "givenName"],
  ["family", "Family name", "familyName"],
  ["email", "Email", "email"],
  ["mobile", "Mobile", "phone"],
  ["notes", "Notes", "notes"],
  ["optOut", "Opted out", "noEmail"],
] as const;
const companyColumns = [
  ["name", "Name", "company"],
  ["phone", "Phone", "phone"],
] as const;

const mapped = (columns: readonly (readonly [string, string, string])[]) => ({
  columns: columns.map(([id, label]) => ({ id, label })),
  fields: columns.map(([, , field]) => field),
});

/** A connector that is set up and on. */
export async function connected(scope: Scope, { fields = {}, start = null, rules = {} }: Chosen = {}): Promise<string> {
  const id = newId();
  const now = scope.clock.now();
  const read = {
    people: { fields: fields.people ?? [...peopleColumns.map(([column]) => column), "worksFor"], start },
    companies: { fields: fields.companies ?? companyColumns.map(([column]) => column), start: null },
  };
  await scope.db
    .insertInto("connectors")
    .values({
      ...{ account_id: scope.account.id, id, provider: "small", name: "Small Ledger of Brandt", state: "on" },
      ...{ settings: "{}", secrets: null, whose: null, cursors: "{}", schedule: "{}" },
      selection: JSON.stringify(read),
      mapping: JSON.stringify({ people: mapped(peopleColumns), companies: mapped(companyColumns) }),
      rules: JSON.stringify(rules),
      ...{ next_run_at: null, whole_next: null, asking: null, created_at: now, created_by: scope.user?.id ?? null },
      ...{ changed_at: now, deleted_at: null, deleted_by: null },
    })
    .execute();
  return id;
}

/** Its companies' phone column holds something else from now on. By an email a company may be met in a person's contact. */
export async function withCompany(field: "email" | "city", scope: Scope, connectorId: string): Promise<void> {
  const companies = { ...mapped(companyColumns), fields: ["company", field] };
  await scope.db
    .updateTable("connectors")
    .set({ mapping: JSON.stringify({ people: mapped(peopleColumns), companies }) })
    .where("account_id", "=", scope.account.id)
    .where("id", "=", connectorId)
    .execute();
}

/** It reads a further stream of its system from now on: what its people do, under their emails. */
export async function withJobs(scope: Scope, connectorId: string, stream: string): Promise<void> {
  const of = scope.db
    .selectFrom("connectors")
    .select(["selection", "mapping"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", connectorId);
  const { selection, mapping } = await of.executeTakeFirstOrThrow();
  const added = (text: string, more: object) => JSON.stringify({ ...(JSON.parse(text) as object), [stream]: more });
  await scope.db
    .updateTable("connectors")
    .set({
      selection: added(selection, { fields: ["name", "phone"], start: null }),
      mapping: added(mapping, { ...mapped(companyColumns), fields: ["jobTitle", "email"] }),
    })
    .where("account_id", "=", scope.account.id)
    .where("id", "=", connectorId)
    .execute();
}

/** What it has to be read was looked up a moment ago. */
export async function offers(scope: Scope, connectorId: string, found: Offers): Promise<void> {
  const said = { fields: JSON.stringify(found), seen_at: scope.clock.now() };
  await scope.db
    .insertInto("connector_offers")
    .values({ account_id: scope.account.id, connector_id: connectorId, ...said })
    .execute();
}

export interface Synced extends RunFacts {
  log: string[];
}

/** A run from its start to its end, some time after whatever was before. */
export async function synced(
  scope: Scope,
  connectorId: string,
  system: SmallSystem,
  { mode, signal = never }: { mode?: SyncMode; signal?: AbortSignal } = {},
): Promise<Synced> {
  (scope.clock as TestClock).advance(MINUTE_MS);
  const started = await startSync(scope, connectorId, { mode, doors: system.doors });
  if (!started.ok) throw new Error(started.reason);
  await continueSync(scope, started.runId, { subjects, doors: system.doors, signal });
  return runOf(scope, started.runId);
}

/** What a brake asked is answered, and that is done. */
export async function answered(
  scope: Scope,
  connectorId: string,
  { doors }: SmallSystem,
  answer: Answer,
): Promise<Synced> {
  const { asking } = await scope.db
    .selectFrom("connectors")
    .select("asking")
    .where("account_id", "=", scope.account.id)
    .where("id", "=", connectorId)
    .executeTakeFirstOrThrow();
  const askedBy = fromJson<Pick<Question, "runId">>(asking ?? "{}").runId;
  const result = await answerQuestion(scope, connectorId, { askedBy, answer, doors });
  if (!result.ok) throw new Error(result.reason);
  await continueSync(scope, result.runId, { subjects, doors, signal: never });
  return runOf(scope, result.runId);
}

export async function runOf(scope: Scope, runId: string): Promise<Synced> {
  const run = await findRun(scope, runId);
  if (!run) throw new Error("The run is gone");
  return { ...run, log: (await logTail(scope, runId, 100)).map(({ text }) => text) };
}

/** Contacts that are there, as a list shows them. */
export async function contactsOf(scope: Scope) {
  const rows = await scope.db
    .selectFrom("contacts")
    .select(["name", "kind", "email", "phone", "notes", "archived_at"])
    .where("account_id", "=", scope.account.id)
    .where("deleted_at", "is", null)
    .orderBy("name_key")
    .orderBy("email_key")
    .execute();
  return rows.map(({ archived_at, ...row }) => ({ ...row, isArchived: archived_at !== null }));
}
