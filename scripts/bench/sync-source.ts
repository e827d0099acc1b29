/** What the benches of connectors read: a stand-in in a process of its own, and a connector of a firm that reads it. */
import { type ChildProcess, fork } from "node:child_process";
import { subjects } from "~/composition.server";
import { systemScope } from "~/features/accounts/account-scope.server";
import { type Page, type Reading } from "~/features/connectors/connector";
import { providersOf } from "~/features/connectors/registry.server";
import { continueSync } from "~/features/connectors/runs/continue-sync.server";
import { type Doors } from "~/features/connectors/runs/doors";
import { type SourceJson } from "~/features/pipeline/sourced/source";
import { startSync, type SyncMode } from "~/features/connectors/runs/start-sync.server";
import { noProviders } from "~/platform/provider-settings.server";
import { type InstallationScope, type Scope } from "~/platform/scope.server";
import { connectTo } from "~/testing/connect-to";
import { connectUsually } from "~/testing/connect-usually";

const google = providersOf(noProviders).get("google")!;

/** What is told to the stand-in's process. */
export interface Told {
  /** So many contacts, spread over all, get another job title. */
  change?: number;
  /** Whether it says to everything that it is asked too much. */
  storm?: boolean;
}

export interface BenchSource {
  doors: Doors;
  tell(told: Told): Promise<void>;
  close(): void;
}

export async function startSource(contacts: number): Promise<BenchSource> {
  const child = fork(new URL("./source-child.ts", import.meta.url), [String(contacts)]);
  const url = await said(child);
  const connection = connectTo({ bases: { people: url }, timeoutMs: 60_000, mostBytes: 100_000_000 });
  return {
    doors: {
      providers: new Map([[google.id, google]]),
      connect: (scope, _id, signal) => Promise.resolve({ ...connection, signal, now: () => scope.clock.now() }),
    },
    tell: async (told) => {
      const done = said(child);
      child.send(told);
      await done;
    },
    close: () => child.kill(),
  };
}

function said(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`The stand-in ended with code ${code}`));
    child.once("exit", ended);
    child.once("message", (message) => {
      child.off("exit", ended);
      resolve(String(message));
    });
  });
}

export const connectGoogle = async (scope: Scope, { doors }: BenchSource) =>
  connectUsually(scope, google, await doors.connect(scope, "", new AbortController().signal));

/** Every page, or every one of what has changed, and nothing done with it. Returns how many records came. */
export async function readBare(
  scope: Scope,
  { doors, mode }: BenchSource & { mode: "whole" | "changes" },
  connectorId: string,
): Promise<number> {
  const { selection, cursors } = await scope.db
    .selectFrom("connectors")
    .select(["selection", "cursors"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", connectorId)
    .executeTakeFirstOrThrow();
  const { contacts } = JSON.parse(selection) as { contacts: { fields: string[] } };
  const since = (JSON.parse(cursors) as Record<string, SourceJson>).contacts ?? null;
  const how = mode === "whole" ? { kind: mode, start: null } : { kind: mode, since };
  const reading: Reading = { streamId: "contacts", fields: contacts.fields, how, after: null };
  const connection = await doors.connect(scope, connectorId, new AbortController().signal);
  let count = 0;
  for await (const page of google.read(connection, reading) as AsyncIterable<Page>) count += page.records.length;
  return count;
}

/** A run from its start to its end, whose id it returns. @throws Error unless its receipt adds up. */
export async function sync(
  installation: InstallationScope,
  scope: Scope,
  connectorId: string,
  { doors, mode }: { doors: Doors; mode: SyncMode },
): Promise<string> {
  const started = await startSync(scope, connectorId, { mode, doors });
  if (!started.ok) throw new Error(started.reason);
  const system = await systemScope(installation, scope.account.id);
  await continueSync(system, started.runId, { subjects, doors, signal: new AbortController().signal });
  const { state, problem } = await scope.db
    .selectFrom("runs")
    .select(["state", "problem"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", started.runId)
    .executeTakeFirstOrThrow();
  if (state !== "done") throw new Error(`The run ended as ${state}: ${problem}`);
  return started.runId;
}
