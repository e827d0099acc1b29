import { type Taking } from "~/features/pipeline/sourced/meet-records.server";
import { isTrusted } from "~/features/pipeline/sourced/open-sourced-run.server";
import { type Settled } from "~/features/pipeline/sourced/settled-record";
import { findNamed } from "~/features/pipeline/sourced/source-records.server";
import { type SourceLink } from "~/features/pipeline/sourced/source";
import { type Entry, type Relation } from "~/features/pipeline/subject-sourced";
import "~/features/pipeline/tables";
import { rowChunks } from "~/platform/db/chunks.server";
import { type Scope } from "~/platform/scope.server";

/**
 * What records say that they stand in relation to: kept with each, made when both are there, whichever comes last, and
 * taken back when the source says it no longer. What a person has said or changed is theirs.
 */

interface Kept extends SourceLink {
  sourceRecordId: string;
  relationId: string | null;
  madeRunId: string | null;
}

/** In the batch's transaction, for records that stand now. The entries of what was made and taken back. */
export async function keepLinks(scope: Scope, taking: Taking, settled: readonly Settled[]): Promise<Entry[]> {
  const standing = settled.filter(({ outcome }) => ["new", "changed", "kept"].includes(outcome.kind));
  if (standing.length === 0 || !taking.source.hasLinks) return [];
  await renameLinks(scope, taking, standing);
  const { open, dropped } = await compare(scope, taking, standing);
  const wanted = [...open, ...(await listIncoming(scope, taking, standing))];
  return relate(scope, taking, { wanted, dropped });
}

/** Takes back what records said that are gone. */
export async function dropLinks(
  scope: Scope,
  taking: Pick<Taking, "run" | "stream">,
  sourceRecordIds: readonly string[],
): Promise<Entry[]> {
  const kept = await listKept(scope, sourceRecordIds);
  if (kept.length === 0) return [];
  await scope.db
    .deleteFrom("source_links")
    .where("account_id", "=", scope.account.id)
    .where("source_record_id", "in", sourceRecordIds)
    .execute();
  const dropped = kept.flatMap(({ relationId: id, type }) => (id === null ? [] : [{ id, type }]));
  const { entries } = await taking.stream.sourced.relate(scope, { at: scope.clock.now(), wanted: [], dropped });
  return entries;
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

const same = (one: SourceLink) => `${one.type}\n${one.streamId}\n${one.id}`;

/** What they say now beside what they said: the new is written down, the old taken out. `open` is still to be made. */
async function compare(scope: Scope, taking: Taking, standing: readonly Settled[]) {
  const { run, stream, source } = taking;
  const kept = await listKept(
    scope,
    standing.flatMap(({ met, row }) => (met.known ? [row.id] : [])),
  );
  const open: Kept[] = [];
  const added: Kept[] = [];
  const gone: Kept[] = [];
  for (const { met, row } of standing) {
    const said = new Map(source.linksOf(stream.id, met.arrival.item.payload).map((link) => [same(link), link]));
    const before = kept.filter((link) => link.sourceRecordId === row.id);
    const had = new Set(before.map(same));
    gone.push(...before.filter((link) => !said.has(same(link))));
    open.push(...before.filter((link) => said.has(same(link)) && isOpen(taking, link)));
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

/** What waited for these to come. */
async function listIncoming(scope: Scope, taking: Taking, standing: readonly Settled[]): Promise<Kept[]> {
  const { run, stream } = taking;
  const come = standing.filter(({ met: { known } }) => known?.state !== "standing" || !isTrusted(run, known));
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
): Promise<Entry[]> {
  const targets = await targetsOf(scope, run, wanted);
  const both = wanted.flatMap((link): { link: Kept; relation: Relation }[] => {
    const to = targets.get(`${link.streamId}\n${link.id}`);
    if (!to) return [];
    return [{ link, relation: { type: link.type, fromSourceRecordId: link.sourceRecordId, toSourceRecordId: to } }];
  });
  if (both.length === 0 && dropped.length === 0) return [];
  const { made, entries } = await stream.sourced.relate(scope, {
    at: run.startedAt,
    wanted: both.map(({ relation }) => relation),
    dropped,
  });
  const written = both.flatMap(({ link }, index) => {
    const relationId = made[index] ?? null;
    return relationId === null ? [] : [{ ...link, relationId, madeRunId: run.id }];
  });
  await writeKept(scope, run.connectorId, written);
  return entries;
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

const linkColumns = ["source_record_id", "type", "to_stream", "to_remote_id", "relation_id", "made_run_id"] as const;

interface LinkRow {
  source_record_id: string;
  type: string;
  to_stream: string;
  to_remote_id: string;
  relation_id: string | null;
  made_run_id: string | null;
}

function toKept(row: LinkRow): Kept {
  const { type, relation_id: relationId, made_run_id: madeRunId } = row;
  return {
    sourceRecordId: row.source_record_id,
    type,
    streamId: row.to_stream,
    id: row.to_remote_id,
    relationId,
    madeRunId,
  };
}

async function listKept(scope: Scope, sourceRecordIds: readonly string[]): Promise<Kept[]> {
  if (sourceRecordIds.length === 0) return [];
  const rows = await scope.db
    .selectFrom("source_links")
    .select(linkColumns)
    .where("account_id", "=", scope.account.id)
    .where("source_record_id", "in", sourceRecordIds)
    .execute();
  return rows.map(toKept);
}

async function writeKept(scope: Scope, connectorId: string, links: readonly Kept[]): Promise<void> {
  const rows = links.map((link) => ({
    ...{ account_id: scope.account.id, source_record_id: link.sourceRecordId, type: link.type },
    ...{ to_stream: link.streamId, to_remote_id: link.id, connector_id: connectorId },
    ...{ relation_id: link.relationId, made_run_id: link.madeRunId },
  }));
  for (const some of rowChunks(rows)) {
    await scope.db
      .insertInto("source_links")
      .values(some)
      .onConflict((conflict) =>
        conflict.columns(["account_id", "source_record_id", "type", "to_stream", "to_remote_id"]).doUpdateSet((eb) => ({
          relation_id: eb.ref("excluded.relation_id"),
          made_run_id: eb.ref("excluded.made_run_id"),
        })),
      )
      .execute();
  }
}

async function removeKept(scope: Scope, links: readonly Kept[]): Promise<void> {
  for (const { sourceRecordId, type, streamId, id } of links) {
    await scope.db
      .deleteFrom("source_links")
      .where("account_id", "=", scope.account.id)
      .where("source_record_id", "=", sourceRecordId)
      .where("type", "=", type)
      .where("to_stream", "=", streamId)
      .where("to_remote_id", "=", id)
      .execute();
  }
}
