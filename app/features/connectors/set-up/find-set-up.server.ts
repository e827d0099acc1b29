import { hash } from "node:crypto";
import { type Connection, type Provider, type Providers } from "~/features/connectors/connector";
import {
  type Mappings,
  mappings,
  type Selection,
  selection,
  type SyncRules,
  syncRules,
} from "~/features/connectors/connector-settings";
import { type Connector } from "~/features/connectors/find-connector.server";
import { type Offers } from "~/features/connectors/set-up/offers";
import { type Confirmed, readConfirmed } from "~/features/connectors/set-up/confirmed-columns.server";
import { type SourceTrial, trialOf } from "~/features/connectors/set-up/trial/source-trial.server";
import { storedStreams } from "~/features/connectors/streams-of";
import "~/features/connectors/tables";
import "~/features/pipeline/tables";
import { fromJson } from "~/platform/db/json.server";
import { type Scope } from "~/platform/scope.server";

/** How pages get at a connector's system. */
export interface Reach {
  providers: Providers;
  /** @throws Trouble */
  open(scope: Scope, opening: { connector: Connector; provider: Provider; signal: AbortSignal }): Promise<Connection>;
}

/** A connector as the pages need it on which it is set up. */
export interface SetUp {
  connector: Connector;
  version: number;
  selection: Selection;
  mapping: Mappings;
  rules: SyncRules;
  /** Somebody has agreed at the provider, and that holds; of those with keys, secrets are there. */
  hasAccess: boolean;
  /** As it was looked up last; null: never. */
  offers: { of: Offers; seenAt: string } | null;
  /** What whoever looks was choosing, and has not saved; `version`: of the connector, when that was begun. */
  draft: { chosen: Selection; version: number } | null;
  /** Where columns of this provider went before, as somebody of the account confirmed it. */
  confirmed: Confirmed;
  /** Of what is read, where it goes and how it is written. */
  settingsHash: string;
  /** Of its settings as they are now. */
  trial: SourceTrial | null;
}

/** Null: there is no such connector (any more). One statement. */
export async function findSetUp(scope: Scope, connectorId: string): Promise<SetUp | null> {
  const row = await query(scope, connectorId);
  if (!row) return null;
  const { id, provider, name, state, settings, secrets: sealedSecrets, whose, version } = row;
  const settingsHash = hash("sha256", [settings, row.selection, row.mapping, row.rules].join("\n"), "hex");
  return {
    connector: {
      id,
      provider,
      name,
      state,
      settings: fromJson(settings),
      sealedSecrets,
      whose,
      streams: storedStreams(row.streams),
    },
    version,
    selection: selection.parse(fromJson(row.selection)),
    mapping: mappings.parse(fromJson(row.mapping)),
    rules: syncRules.parse(fromJson(row.rules)),
    hasAccess: (row.grantedAt !== null && row.grantEndedAt === null) || sealedSecrets !== null,
    offers: row.offered === null ? null : { of: fromJson<Offers>(row.offered), seenAt: row.seenAt ?? "" },
    draft: row.chosen === null ? null : { chosen: selection.parse(fromJson(row.chosen)), version: row.begunAt ?? 0 },
    confirmed: readConfirmed(row.confirmed),
    settingsHash,
    trial:
      row.trialState === null || row.triedHash !== settingsHash ? null : trialOf({ ...row, state: row.trialState }),
  };
}

function query(scope: Scope, connectorId: string) {
  const userId = scope.user?.id ?? null;
  return scope.db
    .selectFrom("connectors as one")
    .leftJoin("connector_grants as granted", (join) =>
      join.onRef("granted.account_id", "=", "one.account_id").onRef("granted.connector_id", "=", "one.id"),
    )
    .leftJoin("connector_offers as offer", (join) =>
      join.onRef("offer.account_id", "=", "one.account_id").onRef("offer.connector_id", "=", "one.id"),
    )
    .leftJoin("connector_drafts as draft", (join) =>
      join
        .onRef("draft.account_id", "=", "one.account_id")
        .onRef("draft.connector_id", "=", "one.id")
        .on("draft.user_id", "=", userId),
    )
    .leftJoin("saved_mappings as saved", (join) =>
      join
        .onRef("saved.account_id", "=", "one.account_id")
        .on("saved.subject", "=", "source")
        .onRef("saved.key", "=", "one.provider"),
    )
    .leftJoin("connector_trials as trial", (join) =>
      join.onRef("trial.account_id", "=", "one.account_id").onRef("trial.connector_id", "=", "one.id"),
    )
    .select([
      "one.id",
      "one.provider",
      "one.name",
      "one.state",
      "one.settings",
      "one.secrets",
      "one.whose",
      "one.streams",
    ])
    .select(["one.version", "one.selection", "one.mapping", "one.rules"])
    .select(["granted.granted_at as grantedAt", "granted.ended_at as grantEndedAt"])
    .select(["offer.fields as offered", "offer.seen_at as seenAt"])
    .select(["draft.chosen", "draft.version as begunAt", "saved.mapping as confirmed"])
    .select([
      "trial.settings_hash as triedHash",
      "trial.state as trialState",
      "trial.read_count",
      "trial.started_at",
      "trial.finished_at",
      "trial.result",
    ])
    .select(["trial.problem", "trial.problem_reference", "trial.waiting_until", "trial.waiting_why"])
    .where("one.account_id", "=", scope.account.id)
    .where("one.id", "=", connectorId)
    .where("one.deleted_at", "is", null)
    .executeTakeFirst();
}

/** Whether it can be read as far as anybody knows here: some systems ask for nothing. */
export function isConnected({ hasAccess }: Pick<SetUp, "hasAccess">, provider: Provider): boolean {
  const asksForSecrets = (provider.settings?.fields ?? []).some(({ type }) => type === "secret");
  return hasAccess || (provider.access.kind === "key" && !asksForSecrets);
}
