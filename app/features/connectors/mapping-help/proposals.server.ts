/** What a model proposes for the columns of a connector: asked for by a person, answered to a job, used by nobody until it is taken over. */
import { recordEvent } from "~/features/audit/audit.server";
import { type AccessWorld } from "~/features/connectors/access/access-world";
import { askInTurn, type ModelAnswer } from "~/features/connectors/mapping-help/ask-model.server";
import { findModelSettings, openModel } from "~/features/connectors/mapping-help/model-settings.server";
import { type Question } from "~/features/connectors/mapping-help/question";
import { type Proposal } from "~/features/connectors/mapping-help/read-answer";
import { type AskedModel, askedModel, changedSince, shownAs } from "~/features/connectors/mapping-help/shown.server";
import "~/features/connectors/mapping-help/tables";
import "~/features/connectors/tables";
import { fromJson, type Json, toJson } from "~/platform/db/json.server";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { enqueue } from "~/platform/queue/enqueue.server";
import { type Scope } from "~/platform/scope.server";
import { SECOND_MS } from "~/platform/time";

/** A long answer takes a model its time. */
const ASK_MS = 90 * SECOND_MS;
/** What goes wrong is told at once; only a worker that dies is followed by another. */
const ATTEMPTS = 3;

export interface Asked {
  /** Of this asking. */
  id: string;
  state: "asking" | "answered" | "failed";
  host: string;
  model: string;
  askedAt: string;
  questions: readonly Question[];
  /** What it proposes, while nobody has taken it over or thrown it away. */
  proposals: readonly Proposal[];
  /** How much of its answer is not used: fields that there are not, and the like. */
  left: number;
  problem: string | null;
}

/** Null: it was not asked, or what it said is settled. */
export async function findProposals(scope: Scope, connectorId: string): Promise<Asked | null> {
  return (await findHelp(scope, connectorId)).asked;
}

/** What help there is with a connector's columns. */
export interface Help {
  /** The model that may be asked, and how many masked samples of a column it is shown; null: it is off. */
  model: AskedModel | null;
  asked: Asked | null;
}

/** One statement. */
export async function findHelp(scope: Scope, connectorId: string): Promise<Help> {
  const row = await scope.db
    .selectFrom("connectors as one")
    .leftJoin("model_settings as settings", "settings.account_id", "one.account_id")
    .leftJoin("mapping_proposals as asked", (join) =>
      join.onRef("asked.account_id", "=", "one.account_id").onRef("asked.connector_id", "=", "one.id"),
    )
    .select(["settings.address", "settings.model as modelName", "settings.samples", "settings.on_since as onSince"])
    .select(["asked.id", "asked.state", "asked.host", "asked.model", "asked.asked_at as askedAt", "asked.questions"])
    .select(["asked.proposals", "asked.left_count as left", "asked.problem"])
    .where("one.account_id", "=", scope.account.id)
    .where("one.id", "=", connectorId)
    .executeTakeFirst();
  return row ? { model: modelIn(row), asked: askedIn(row) } : { model: null, asked: null };
}

interface SettingsIn {
  address: string | null;
  modelName: string | null;
  samples: number | null;
  onSince: string | null;
}

function modelIn({ address, modelName, samples, onSince }: SettingsIn): Help["model"] {
  if (address === null || onSince === null) return null;
  return { host: new URL(address).host, name: modelName ?? "", samples: samples ?? 0 };
}

function askedIn(row: {
  id: string | null;
  state: Asked["state"] | null;
  host: string | null;
  model: string | null;
  askedAt: string | null;
  questions: string | null;
  proposals: string | null;
  left: number | null;
  problem: string | null;
}): Asked | null {
  const { id, state, host, model, askedAt, questions, proposals, left, problem } = row;
  if (id === null || state === null) return null;
  return {
    ...{ id, state, host: host ?? "", model: model ?? "", askedAt: askedAt ?? "", left: left ?? 0, problem },
    questions: fromJson<Question[]>(questions ?? "[]"),
    proposals: fromJson<Proposal[]>(proposals ?? "[]"),
  };
}

export interface ToAsk {
  questions: readonly Question[];
  /** What whoever asks was shown, as `shownAs` has it. */
  shown: string;
}

/** `changed`: it is no longer what was shown. */
export type AskResult =
  { ok: true } | { ok: false; reason: "not-found" | "off" | "asking" | "nothing-open" | "changed" };

/** Asks by a job: what is sent then is what was shown to whoever asks. */
export function askForProposals(scope: Scope, connectorId: string, { questions, shown }: ToAsk): Promise<AskResult> {
  return inTransaction(scope, async (scope): Promise<AskResult> => {
    if (!(await lockConnector(scope, connectorId))) return { ok: false, reason: "not-found" };
    const settings = await findModelSettings(scope);
    if (!settings?.isOn) return { ok: false, reason: "off" };
    if (questions.every(({ columns }) => columns.length === 0)) return { ok: false, reason: "nothing-open" };
    if ((await findProposals(scope, connectorId))?.state === "asking") return { ok: false, reason: "asking" };
    const model = askedModel(settings);
    if (shownAs(questions, model) !== shown) return { ok: false, reason: "changed" };
    await putQuestions(scope, connectorId, { questions, model: model.name, host: model.host });
    return { ok: true };
  });
}

async function lockConnector(scope: Scope, connectorId: string): Promise<boolean> {
  const row = await scope.db
    .selectFrom("connectors")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("id", "=", connectorId)
    .where("deleted_at", "is", null)
    .$call(lockRows(scope))
    .executeTakeFirst();
  return row !== undefined;
}

interface Put {
  questions: readonly Question[];
  host: string;
  model: string;
}

async function putQuestions(scope: Scope, connectorId: string, { questions, host, model }: Put): Promise<void> {
  const id = newId();
  await removeRow(scope, connectorId);
  await scope.db
    .insertInto("mapping_proposals")
    .values({
      ...{ account_id: scope.account.id, connector_id: connectorId, id, state: "asking", host, model },
      questions: toJson(questions as unknown as Json),
      ...{ asked_at: scope.clock.now(), asked_by: scope.user?.id ?? null },
      ...{ ended_at: null, proposals: null, problem: null },
    })
    .execute();
  const payload = { accountId: scope.account.id, connectorId, askId: id };
  await enqueue(scope, "ask_model", payload, { jobKey: connectorId, maxAttempts: ATTEMPTS });
  const columns = questions.flatMap((question) => question.columns);
  await recordEvent(scope, {
    action: "mapping.model-asked",
    subject: { connectorId, host },
    fields: columns.map(({ label }) => label),
    counts: { columns: columns.length, samples: columns.reduce((sum, { samples }) => sum + samples.length, 0) },
  });
}

interface Asking {
  connectorId: string;
  askId: string;
}

/** Asks the model what somebody wants to know of it. Asked again it goes on: an answer that is there already stands. */
export async function continueAsking(
  scope: Scope,
  { connectorId, askId }: Asking,
  reach: { env: AccessWorld; signal: AbortSignal },
): Promise<void> {
  const row = await scope.db
    .selectFrom("mapping_proposals")
    .select(["questions", "host", "model"])
    .where("account_id", "=", scope.account.id)
    .where("connector_id", "=", connectorId)
    .where("id", "=", askId)
    .where("state", "=", "asking")
    .executeTakeFirst();
  if (!row) return;
  const questions = fromJson<Question[]>(row.questions);
  const open = await openModel(scope, { ...reach, timeoutMs: ASK_MS });
  const problem = open ? changedSince(open.settings, { ...row, questions }) : OFF;
  const answers = open && problem === null ? await askInTurn(open.model, questions) : [];
  await writeAnswer(scope, { connectorId, askId }, problem === null ? answers : [{ ok: false, problem }]);
}

const OFF = "It was switched off before it was asked. Nothing was sent.";

/** What failed for reasons of ours, again and again. */
export async function giveUpAsking(scope: Scope, asking: Asking): Promise<void> {
  const problem = "Something went wrong here. Ask again; if that does not help, tell whoever runs Tallybook.";
  await writeAnswer(scope, asking, [{ ok: false, problem }]);
}

/** Where one question of several was not answered, none is: it is asked again as a whole. */
async function writeAnswer(scope: Scope, { connectorId, askId }: Asking, answers: readonly ModelAnswer[]) {
  const failed = answers.find((answer) => !answer.ok);
  const good = answers.flatMap((answer) => (answer.ok ? [answer] : []));
  const proposals = failed ? [] : good.flatMap((answer) => answer.proposals);
  await scope.db
    .updateTable("mapping_proposals")
    .set({
      ...{ state: failed ? "failed" : "answered", ended_at: scope.clock.now() },
      proposals: toJson(proposals as unknown as Json),
      left_count: failed ? 0 : good.reduce((sum, { left }) => sum + left, 0),
      problem: failed && !failed.ok ? failed.problem : null,
    })
    .where("account_id", "=", scope.account.id)
    .where("connector_id", "=", connectorId)
    .where("id", "=", askId)
    .where("state", "=", "asking")
    .execute();
}

/** Throws away what a model proposed, or settles it: whoever saved the mapping has seen it. Whether there was something. */
export async function discardProposals(scope: Scope, connectorId: string): Promise<boolean> {
  return (await removeRow(scope, connectorId)) > 0n;
}

async function removeRow(scope: Scope, connectorId: string): Promise<bigint> {
  const removed = await scope.db
    .deleteFrom("mapping_proposals")
    .where("account_id", "=", scope.account.id)
    .where("connector_id", "=", connectorId)
    .executeTakeFirst();
  return removed.numDeletedRows;
}
