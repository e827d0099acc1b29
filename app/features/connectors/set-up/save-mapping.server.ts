import { isDeepStrictEqual } from "node:util";
import { recordEvent } from "~/features/audit/audit.server";
import { type Stream } from "~/features/connectors/connector";
import { type Mappings, mappings } from "~/features/connectors/connector-settings";
import { discardProposals } from "~/features/connectors/mapping-help/proposals.server";
import { lockConnector } from "~/features/connectors/runs/start-sync.server";
import { keepConfirmed } from "~/features/connectors/set-up/confirmed-columns.server";
import "~/features/connectors/tables";
import { mappingProblem } from "~/features/pipeline/columns/mapping-problem";
import { addNewFields, NewFieldRefused } from "~/features/pipeline/columns/new-fields.server";
import { type AnySubject, type Subjects } from "~/features/pipeline/subject";
import { subjectFor } from "~/features/pipeline/subject-for.server";
import { fromJson, toJson } from "~/platform/db/json.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

export interface MappingToSave {
  version: number;
  mapping: Mappings;
  streams: readonly Stream[];
  subjects: Subjects;
  /** Whether columns may go to fields that are made for them. */
  mayAddFields: boolean;
}

export type SaveMappingResult =
  | { ok: true }
  | { ok: false; reason: "not-found" }
  | { ok: false; reason: "changed" }
  /** `wrong`: of that stream, the places of the columns that cannot go where they were told to. */
  | { ok: false; reason: "refused"; words: string; streamId: string; wrong: readonly number[] };

/** Some stream's columns cannot go where they were told to: nothing of what was chosen with it is kept. */
class MappingRefused extends Error {
  constructor(
    readonly words: string,
    readonly streamId: string,
    readonly wrong: readonly number[],
  ) {
    super(words);
  }
}

/**
 * Keeps where columns go, as the person who saves it approves it; remembered for the account's next connector to the same
 * system. With another mapping everything is taken in anew at the next run (see docs/decisions/032).
 */
export async function saveMapping(
  scope: Scope,
  connectorId: string,
  saving: MappingToSave,
): Promise<SaveMappingResult> {
  try {
    return await inTransaction(scope, (scope) => save(scope, connectorId, saving));
  } catch (error) {
    if (!(error instanceof MappingRefused)) throw error;
    const { words, streamId, wrong } = error;
    return { ok: false, reason: "refused", words, streamId, wrong };
  }
}

async function save(scope: Scope, connectorId: string, saving: MappingToSave): Promise<SaveMappingResult> {
  const connector = await lockConnector(scope, connectorId);
  if (!connector) return { ok: false, reason: "not-found" };
  if (connector.version !== saving.version) return { ok: false, reason: "changed" };
  const mapping: Mappings = {};
  for (const stream of saving.streams) {
    const chosen = saving.mapping[stream.id];
    if (chosen) mapping[stream.id] = { ...chosen, fields: await approve(scope, stream, chosen, saving) };
  }
  await keepConfirmed(scope, connector, mapping);
  await discardProposals(scope, connectorId);
  const before = mappings.parse(fromJson(connector.mapping));
  if (isDeepStrictEqual(before, mapping)) return { ok: true };
  const now = scope.clock.now();
  const goesElsewhere = !isDeepStrictEqual(goesOf(before), goesOf(mapping));
  await scope.db
    .updateTable("connectors")
    .set((eb) => ({
      ...{ mapping: toJson(mapping), changed_at: now, version: eb("version", "+", 1) },
      ...(goesElsewhere ? { whole_next: now } : {}),
    }))
    .where("account_id", "=", scope.account.id)
    .where("id", "=", connectorId)
    .execute();
  await recordEvent(scope, { action: "connector.mapping-changed", subject: { connectorId } });
  return { ok: true };
}

/** Whether somebody has said "nowhere" or nobody has said anything is the same to a run. */
function goesOf(mapping: Mappings): Mappings {
  return Object.fromEntries(Object.entries(mapping).map(([id, { columns, fields }]) => [id, { columns, fields }]));
}

/** With the fields that are made for it. @throws MappingRefused */
async function approve(
  scope: Scope,
  { id: streamId, subject: subjectId, noun }: Stream,
  { columns, fields }: Mappings[string],
  { subjects, mayAddFields }: MappingToSave,
): Promise<string[]> {
  const subject = await subjectOf(scope, subjects, subjectId);
  const labels = columns.map(({ label }) => label);
  const problem = mappingProblem(subject, fields, labels, mayAddFields);
  if (problem) throw new MappingRefused(`${capital(noun.many)}: ${problem.reason}`, streamId, problem.wrong ?? []);
  try {
    return await addNewFields(scope, subject, { columns: labels, mapping: fields });
  } catch (error) {
    if (error instanceof NewFieldRefused) throw new MappingRefused(error.reason, streamId, [error.index]);
    throw error;
  }
}

export function subjectOf(scope: Scope, subjects: Subjects, subjectId: string): Promise<AnySubject> {
  const subject = subjects[subjectId];
  if (!subject) throw new Error(`No subject is called ${subjectId}`);
  return subjectFor(scope, subject);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
