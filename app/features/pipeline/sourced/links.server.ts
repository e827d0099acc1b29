import { type Beside } from "~/features/pipeline/subject-beside";
import { type Taking } from "~/features/pipeline/sourced/meet-records.server";
import { isTrusted } from "~/features/pipeline/sourced/open-sourced-run.server";
import { type Settled } from "~/features/pipeline/sourced/settled-record";
import {
  type Kept,
  linkColumns,
  listKept,
  removeKept,
  same,
  toKept,
  writeKept,
} from "~/features/pipeline/sourced/kept-links.server";
import { findNamed } from "~/features/pipeline/sourced/source-records.server";
import { type Payload } from "~/features/pipeline/sourced/source";
import { type Entry, type Relation } from "~/features/pipeline/subject-sourced";
import "~/features/pipeline/tables";
import { type Scope } from "~/platform/scope.server";

/**
 * What records say that they stand in relation to: kept with each, made when both are there, whichever comes last, and
 * taken back when the source says it no longer. What a person has said or changed is theirs.
 */

/** What was made and taken back: its entries, and how many of each. */
interface Related extends Pick<Beside, "related" | "unrelated"> {
  entries: Entry[];
}

const nothingRelated: Related = { entries: [], related: 0, unrelated: 0 };

/** In the batch's transaction, for records that stand now. */
export async function keepLinks(scope: Scope, taking: Taking, settled: readonly Settled[]): Promise<Related> {
  const standing = settled.filter(({ outcome }) => ["new", "changed", "kept"].includes(outcome.kind));
  if (standing.length === 0 || !taking.source.hasLinks) return nothingRelated;
  await renameLinks(scope, taking, standing);
  const { open, dropped } = await compare(scope, taking, standing);
  const wanted = [...open, ...(await listIncoming(scope, taking, standing))];
  return relate(scope, taking, { wanted, dropped });
}

/** Takes back what records said that are gone. What they said is kept with them: should they stand again, it is theirs. */
export async function dropLinks(
  scope: Scope,
  taking: Pick<Taking, "run" | "stream">,
  sourceRecordIds: readonly string[],
): Promise<Related> {
  const kept = await listKept(scope, sourceRecordIds);
  if (kept.length === 0) return nothingRelated;
  await scope.db
    .updateTable("source_links")
    .set({ made_run_id: taking.run.id })
    .where("account_id", "=", scope.account.id)
    .where("source_record_id", "in", sourceRecordIds)
    .where("relation_id", "is not", null)
    .execute();
  const dropped = kept.flatMap(({ relationId: id, type }) => (id === null ? [] : [{ id, type }]));
  const { relate } = taking.stream.sourced;
  const { entries, takenBack } = await relate(scope, { at: scope.clock.now(), wanted: [], dropped });
  return { entries, related: 0, unrelated: takenBack };
}

/** Takes back what records say no longer since some of their fields were erased. */
export async function dropSaid(
  scope: Scope,
  { stream, source }: Pick<Taking, "stream"> & { source: Pick<Taking["source"], "linksOf"> },
  versions: readonly { sourceRecordId: string; after: Payload }[],
): Promise<void> {
  const said = new Set(
    versions.flatMap(({ sourceRecordId, after }) =>
      source.linksOf(stream.id, after).map((link) => `${sourceRecordId}\n${same(link)}`),
    ),
  );
  const kept = await listKept(scope, [...new Set(versions.map(({ sourceRecordId }) => sourceRecordId))]);
  const gone = kept.filter((link) => !said.has(`${link.sourceRecordId}\n${same(link)}`));
  await removeKept(scope, gone);
  const dropped = gone.flatMap(({ relationId: id, type }) => (id === null ? [] : [{ id, type }]));
  await stream.sourced.relate(scope, { at: scope.clock.now(), wanted: [], dropped });
}

/** Others go on pointing to what was renamed. */
async function renameLinks(scope: Scope, { run, stream }: Taking, standing: readonly Settled[]): Promise<void> {
  for (const { met, row } of standing) {
    if (!met.known || met.known.remote_id === row.remote_id) continue;
    await scope.db
      .updateTable("source_links")
      .set({ to_remote_id: row.remote_id })
      .where("account_id", "=", scope.account.id)
      .where("connector_id", "=", run.connectorId)
      .where("to_stream", "=", stream.id)
      .where("to_remote_id", "=", met.known.remote_id)
      .execute();
  }
}

/** What they say now beside what they said: the new is written down, the old taken out. `open` is still to be made. */
async function compare(scope: Scope, taking: Taking, standing: readonly Settled[]) {
  const { run, stream, source } = taking;
  const kept = await listKept(
    scope,
    standing.flatMap(({ met, row }) => (met.known ? [row.id] : [])),
  );
  const keptOf = new Map<string, Kept[]>();
  for (const link of kept) keptOf.set(link.sourceRecordId, [...(keptOf.get(link.sourceRecordId) ?? []), link]);
  const open: Kept[] = [];
  const added: Kept[] = [];
  const gone: Kept[] = [];
  for (const { met, row } of standing) {
    const said = new Map(source.linksOf(stream.id, met.arrival.item.payload).map((link) => [same(link), link]));
    const before = keptOf.get(row.id) ?? [];
    const had = new Set(before.map(same));
    gone.push(...before.filter((link) => !said.has(same(link))));
    open.push(...before.filter((link) => said.has(same(link)) && (isOpen(taking, link) || wasDropped(met, link))));
    for (const [key, link] of said) {
      if (!had.has(key)) added.push({ ...link, sourceRecordId: row.id, relationId: null, madeRunId: null });
    }
  }
  await removeKept(scope, gone);
  await writeKept(scope, run.connectorId, added);
  const dropped = gone.flatMap(({ relationId: id, type }) => (id === null ? [] : [{ id, type }]));
  return { open: [...open, ...added], dropped };
}

/** Made by a run that was undone it is to be made again; what is not there though it was made, a person took away. */
function isOpen({ run }: Taking, { relationId, madeRunId }: Kept): boolean {
  return relationId === null || (madeRunId !== null && run.undone.includes(madeRunId));
}

/** It was taken back when its record was found gone, which is there again. */
function wasDropped({ known }: Settled["met"], { madeRunId }: Kept): boolean {
  return known?.state === "gone" && madeRunId === known.changed_run_id;
}

/** What waited for these to come. */
async function listIncoming(scope: Scope, taking: Taking, standing: readonly Settled[]): Promise<Kept[]> {
  const { run, stream } = taking;
  const wasThere = ({ known }: Settled["met"]) =>
    known?.state === "standing" && known.subject_id !== null && isTrusted(run, known);
  const come = standing.filter(({ met }) => !wasThere(met));
  if (come.length === 0) return [];
  const rows = await scope.db
    .selectFrom("source_links")
    .select(linkColumns)
    .where("account_id", "=", scope.account.id)
    .where("connector_id", "=", run.connectorId)
    .where("to_stream", "=", stream.id)
    .where(
      "to_remote_id",
      "in",
      come.map(({ row }) => row.remote_id),
    )
    .execute();
  return rows.map(toKept).filter((link) => isOpen(taking, link));
}

async function relate(
  scope: Scope,
  { run, stream }: Taking,
  { wanted, dropped }: { wanted: readonly Kept[]; dropped: readonly { id: string; type: string }[] },
): Promise<Related> {
  const targets = await targetsOf(scope, run, wanted);
  const both = wanted.flatMap((link): { link: Kept; relation: Relation }[] => {
    const to = targets.get(`${link.streamId}\n${link.id}`);
    if (!to) return [];
    return [{ link, relation: { type: link.type, fromSourceRecordId: link.sourceRecordId, toSourceRecordId: to } }];
  });
  if (both.length === 0 && dropped.length === 0) return nothingRelated;
  const { made, takenBack, entries } = await stream.sourced.relate(scope, {
    at: run.startedAt,
    wanted: both.map(({ relation }) => relation),
    dropped,
  });
  const written = both.flatMap(({ link }, index) => {
    const relationId = made[index] ?? null;
    return relationId === null ? [] : [{ ...link, relationId, madeRunId: run.id }];
  });
  await writeKept(scope, run.connectorId, written);
  return { entries, related: written.length, unrelated: takenBack };
}

async function targetsOf(scope: Scope, run: Taking["run"], wanted: readonly Kept[]): Promise<Map<string, string>> {
  const targets = new Map<string, string>();
  for (const streamId of new Set(wanted.map((link) => link.streamId))) {
    const names = wanted.filter((link) => link.streamId === streamId).map(({ id }) => id);
    const found = await findNamed(scope, { run, streamId }, names);
    for (const [name, row] of found) targets.set(`${streamId}\n${name}`, row.id);
  }
  return targets;
}
