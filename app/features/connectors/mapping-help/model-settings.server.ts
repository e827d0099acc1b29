/** Which model an account asks for help with mapping: set by administrators, off until they say otherwise. */
import { recordEvent } from "~/features/audit/audit.server";
import { type AccessWorld } from "~/features/connectors/access/access-world";
import { guardedFetchOf } from "~/features/connectors/access/guarded-fetch-of.server";
import { askModel, type Model } from "~/features/connectors/mapping-help/ask-model.server";
import { type Question } from "~/features/connectors/mapping-help/question";
import "~/features/connectors/mapping-help/tables";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { seal, type SealedPlace, unseal } from "~/platform/encryption.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { type SealedColumn } from "~/platform/sealed-columns.server";
import { SECOND_MS } from "~/platform/time";

export interface ModelSettings {
  address: string;
  model: string;
  hasKey: boolean;
  samples: number;
  isOn: boolean;
  version: number;
  test: { at: string; problem: string | null } | null;
}

interface Row {
  id: string;
  address: string;
  model: string;
  key: string | null;
  samples: number;
  on_since: string | null;
  version: number;
  tested_at: string | null;
  test_problem: string | null;
}

const columns = [
  "id",
  "address",
  "model",
  "key",
  "samples",
  "on_since",
  "version",
  "tested_at",
  "test_problem",
] as const;

function query(scope: Scope) {
  return scope.db.selectFrom("model_settings").select(columns).where("account_id", "=", scope.account.id);
}

/** Null: nobody has set one. */
export async function findModelSettings(scope: Scope): Promise<ModelSettings | null> {
  const row = await query(scope).executeTakeFirst();
  return row ? toSettings(row) : null;
}

function toSettings({ address, model, key, samples, on_since, version, tested_at, test_problem }: Row): ModelSettings {
  return {
    ...{ address, model, hasKey: key !== null, samples, isOn: on_since !== null, version },
    test: tested_at === null ? null : { at: tested_at, problem: test_problem },
  };
}

export interface ModelSaved {
  address: string;
  model: string;
  /** "": as it is. */
  key: string;
  samples: number;
  isOn: boolean;
  /** Of the settings that the form began with; 0: there were none. */
  version: number;
}

/** `key-again`: a key is sent nowhere but where it was entered for. */
export type SaveModelResult = { ok: true } | { ok: false; reason: "changed-meanwhile" | "key-again" };

export function saveModelSettings(scope: Scope, saved: ModelSaved): Promise<SaveModelResult> {
  return inTransaction(scope, async (scope) => {
    const before = (await query(scope).$call(lockRows(scope)).executeTakeFirst()) ?? null;
    if ((before?.version ?? 0) !== saved.version) return { ok: false, reason: "changed-meanwhile" };
    if (before && wouldGoElsewhere(before, saved)) return { ok: false, reason: "key-again" };
    if (!(await write(scope, before, saved))) return { ok: false, reason: "changed-meanwhile" };
    const fields = changedFields(before, saved);
    if (fields.length > 0) {
      await recordEvent(scope, { action: "model.saved", subject: { host: new URL(saved.address).host }, fields });
    }
    return { ok: true };
  });
}

/** The key that is kept, to another server. */
function wouldGoElsewhere(before: Row, saved: ModelSaved): boolean {
  if (before.key === null || saved.key !== "") return false;
  return new URL(before.address).origin !== new URL(saved.address).origin;
}

/** False: of two who set the first one, the other was faster. */
async function write(scope: Scope, before: Row | null, saved: ModelSaved): Promise<boolean> {
  const { address, model, samples } = saved;
  const id = before?.id ?? newId();
  const said = { address, model, samples, changed_at: scope.clock.now(), changed_by: scope.user?.id ?? null };
  const set = { ...said, key: sealedKey(scope, id, before, saved), on_since: onSince(scope, before, saved) };
  if (!before) {
    const made = await scope.db
      .insertInto("model_settings")
      .values({ ...set, account_id: scope.account.id, id, tested_at: null, test_problem: null })
      .onConflict((conflict) => conflict.columns(["account_id"]).doNothing())
      .executeTakeFirst();
    return made.numInsertedOrUpdatedRows === 1n;
  }
  const untried = isAnother(before, saved) ? { tested_at: null, test_problem: null } : {};
  await scope.db
    .updateTable("model_settings")
    .set({ ...set, ...untried, version: before.version + 1 })
    .where("account_id", "=", scope.account.id)
    .execute();
  return true;
}

function sealedKey(scope: Scope, id: string, before: Row | null, { key }: ModelSaved): string | null {
  return key === "" ? (before?.key ?? null) : seal(scope.keys, placeOf(scope.account.id, id), key);
}

function onSince(scope: Scope, before: Row | null, { isOn }: ModelSaved): string | null {
  return isOn ? (before?.on_since ?? scope.clock.now()) : null;
}

/** What was found out of the one before says nothing of it. */
function isAnother(before: Row, { address, model, key }: ModelSaved): boolean {
  return before.address !== address || before.model !== model || key !== "";
}

function changedFields(before: Row | null, saved: ModelSaved): string[] {
  const plain = (["address", "model", "samples"] as const).filter((field) => before?.[field] !== saved[field]);
  const wasOn = before !== null && before.on_since !== null;
  return [
    ...plain,
    ...(saved.key === "" ? [] : ["key"]),
    ...(wasOn === saved.isOn ? [] : [saved.isOn ? "switched on" : "switched off"]),
  ];
}

/** Takes it away with its key. Whether there was one. */
export function removeModel(scope: Scope): Promise<boolean> {
  return inTransaction(scope, async (scope) => {
    const removed = await scope.db
      .deleteFrom("model_settings")
      .where("account_id", "=", scope.account.id)
      .executeTakeFirst();
    if (removed.numDeletedRows === 0n) return false;
    await recordEvent(scope, { action: "model.removed" });
    return true;
  });
}

type Reaching = { env: AccessWorld } & Pick<Model, "signal" | "timeoutMs">;

/** How the model is asked, and the settings by which it is; null: there is none, or it is off. */
export async function openModel(
  scope: Scope,
  reaching: Reaching,
): Promise<{ model: Model; settings: ModelSettings } | null> {
  const row = await query(scope).executeTakeFirst();
  return row && row.on_since !== null ? { model: opened(scope, row, reaching), settings: toSettings(row) } : null;
}

function opened(scope: Scope, { id, address, model, key }: Row, { env, signal, timeoutMs }: Reaching): Model {
  return {
    ...{ fetch: guardedFetchOf(env.providers), address, model, signal, timeoutMs },
    key: key === null ? null : unseal(scope.keys, placeOf(scope.account.id, id), key),
  };
}

/** Somebody waits before a page for it. */
const TEST_MS = 20 * SECOND_MS;

/** Made up: nothing of the account's is sent to try it. */
const tryingQuestion: Question = {
  fields: [
    { id: "email", label: "Email", many: true },
    { id: "city", label: "Town or city", many: false },
  ],
  columns: [{ streamId: "", columnId: "", label: "Electronic mail", samples: ["xxxx@xxxx.xxxx"] }],
};

/** Tries whether the model answers; a sentence that says what is wrong, null when it does. */
export async function testModel(
  scope: Scope,
  reach: { env: AccessWorld; signal: AbortSignal },
): Promise<string | null> {
  const settings = await query(scope).executeTakeFirst();
  if (!settings) return "There is no model to try. Save its address first.";
  const model = opened(scope, settings, { ...reach, timeoutMs: TEST_MS });
  const answer = await askModel(model, tryingQuestion);
  const problem = answer.ok ? null : answer.problem;
  await scope.db
    .updateTable("model_settings")
    .set({ tested_at: scope.clock.now(), test_problem: problem })
    .where("account_id", "=", scope.account.id)
    // Others may have taken their place meanwhile, of which it says nothing.
    .where("id", "=", settings.id)
    .where("version", "=", settings.version)
    .execute();
  return problem;
}

function placeOf(accountId: string, id: string): SealedPlace {
  return { ownerId: accountId, rowId: id, field: "model_settings.key" };
}

/** What is sealed of it. */
export const sealedModelKey: SealedColumn = {
  ...{ table: "model_settings", column: "key", key: "id", ofAccounts: true },
  place: ({ account_id = "", id = "" }) => placeOf(account_id, id),
};
