/** A connector's name and the settings of its provider's form, changed by people. */
import { recordEvent } from "~/features/audit/audit.server";
import { openSecrets, sealSecrets } from "~/features/connectors/access/secrets.server";
import { movedFields, ofAnother, toTypeAgain } from "~/features/connectors/changed-settings";
import { type Provider, type Settings } from "~/features/connectors/connector";
import { forgetOffers } from "~/features/connectors/set-up/look-up-offers.server";
import { type Judged, judgeSettings, settingsFields } from "~/features/connectors/settings-form";
import "~/features/connectors/tables";
import "~/features/pipeline/tables";
import { fromJson, toJson } from "~/platform/db/json.server";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

export interface ToSave {
  provider: Provider;
  name: string;
  typed: Settings;
  /** As the form showed it. */
  version: number;
}

export type Saved =
  | { ok: true; isOtherSystem: boolean }
  | { ok: false; reason: "not-found" }
  /** Somebody else was faster: what stands there now. */
  | { ok: false; reason: "changed"; now: { name: string; settings: Settings; version: number } }
  | { ok: false; reason: "settings"; errors: Readonly<Record<string, string[]>> };

/**
 * A secret that was left empty stays as it is, unless it would be sent elsewhere. With other settings it may be another
 * system: its cursors are no good, and the next run reads everything. One that needed its key again goes on when a test of
 * it has gone well.
 */
export function saveConnector(scope: Scope, connectorId: string, { provider, ...save }: ToSave): Promise<Saved> {
  return inTransaction(scope, async (scope): Promise<Saved> => {
    const row = await lock(scope, connectorId);
    if (!row || row.provider !== provider.id) return { ok: false, reason: "not-found" };
    const before = fromJson<Settings>(row.settings);
    if (row.version !== save.version) {
      return { ok: false, reason: "changed", now: { name: row.name, settings: before, version: row.version } };
    }
    const kept = openSecrets(scope, { id: connectorId, sealedSecrets: row.secrets });
    const judged = judge(provider, { typed: save.typed, kept, before });
    if (!judged.ok) return { ok: false, reason: "settings", errors: judged.errors };
    const { settings, secrets } = judged;
    const others = ofAnother(provider, { before, after: settings });
    if (Object.keys(others).length > 0 && (await hasRead(scope, connectorId))) {
      return { ok: false, reason: "settings", errors: others };
    }
    const isOtherSystem = !isSame(settings, before);
    const isOtherKey = !isSame(secrets, kept);
    const now = scope.clock.now();
    await scope.db
      .updateTable("connectors")
      .set((eb) => ({
        ...{ name: save.name, settings: toJson(settings), changed_at: now, version: eb("version", "+", 1) },
        // Whoever enters a key wants it to be connected.
        ...(isOtherKey ? { secrets: sealSecrets(scope, connectorId, secrets), ...connectedAgain } : {}),
        ...(isOtherSystem ? { cursors: toJson({}), whole_next: now, facts: null } : {}),
      }))
      .where("account_id", "=", scope.account.id)
      .where("id", "=", connectorId)
      .execute();
    if (isOtherSystem) await forgetOffers(scope, connectorId);
    const fields = changed(row, save, judged);
    await recordEvent(scope, { action: "connector.edited", subject: { connectorId }, fields });
    return { ok: true, isOtherSystem };
  });
}

const connectedAgain = { disconnected_at: null, disconnected_why: null };

/** Whether there are records that it brought, be they gone by now: they are known by their ids. */
async function hasRead(scope: Scope, connectorId: string): Promise<boolean> {
  const record = await scope.db
    .selectFrom("source_records")
    .select("connector_id")
    .where("account_id", "=", scope.account.id)
    .where("connector_id", "=", connectorId)
    .limit(1)
    .executeTakeFirst();
  return record !== undefined;
}

interface Known {
  typed: Settings;
  kept: Settings;
  before: Settings;
}

/** What no form asks for, the system itself has put there; elsewhere it is worth nothing, and nobody's business. */
function judge(provider: Provider, { typed, kept, before }: Known): Judged {
  const judged = judgeSettings(provider, typed, kept);
  if (!judged.ok) return judged;
  const { settings, secrets } = judged;
  const fields = settingsFields(provider);
  const moved = movedFields(fields, { before: { ...kept, ...before }, after: { ...secrets, ...settings } });
  const errors = toTypeAgain(fields, { typed, kept, moved });
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  const names = new Set(fields.map(({ name }) => name));
  const own = moved.length > 0 ? [] : Object.entries(kept).filter(([name]) => !names.has(name));
  return { ok: true, settings, secrets: { ...Object.fromEntries(own), ...secrets } };
}

type Row = NonNullable<Awaited<ReturnType<typeof lock>>>;

function lock(scope: Scope, connectorId: string) {
  return scope.db
    .selectFrom("connectors")
    .select(["id", "provider", "name", "state", "settings", "secrets", "version"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", connectorId)
    .where("deleted_at", "is", null)
    .$call(lockRows(scope))
    .executeTakeFirst();
}

function isSame(one: Settings, other: Settings): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => one[name] === other[name]);
}

/** Names only: what stood in them is nobody's business. */
function changed(row: Row, { name }: Pick<ToSave, "name">, { settings }: { settings: Settings }): string[] {
  const before = fromJson<Settings>(row.settings);
  const names = new Set([...Object.keys(before), ...Object.keys(settings)]);
  const others = [...names].filter((one) => before[one] !== settings[one]);
  return [...(row.name === name ? [] : ["name"]), ...others];
}
