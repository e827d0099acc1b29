/**
 * Reads contacts, leads or accounts: everything in the order of ids, or what has changed since by when it changed. Each
 * page is a question of its own, so that a reading can be taken up anew behind any of them.
 */
import { createHash } from "node:crypto";
import { type Connection, CursorExpired, type Json, type Page, type Reading } from "~/features/connectors/connector";
import { isObject } from "~/features/connectors/reading/answers";
import { turningPages } from "~/features/connectors/reading/turning-pages";
import { deletedFeed, expired } from "~/features/connectors/providers/salesforce/deleted-steps";
import { type Kind, kindOf } from "~/features/connectors/providers/salesforce/kinds";
import { type Place, type Step } from "~/features/connectors/providers/salesforce/places";
import {
  type Asking,
  convertedStep,
  countAt,
  listStep,
  mergedStep,
  tieStep,
  timeStep,
} from "~/features/connectors/providers/salesforce/read-steps";
import { salesforceApi } from "~/features/connectors/providers/salesforce/salesforce-api";

/** A reading and how far it has come. */
interface Progress {
  place: Place;
  /** When it began; null: nothing has been answered yet. */
  startedAt: number | null;
}

interface ChangesFrom {
  from: number;
  deletedFrom: number;
  /** Of what was chosen. */
  choice: string;
}

const MINUTE_MS = 60 * 1000;
/** So much of the time before is read again: what takes long to be written shows late, under the time that it began. */
const OVERLAP_MS = 10 * MINUTE_MS;
/** Deletions are told for fifteen days: an older cursor might miss some. */
const OLDEST_MS = 14 * 24 * 60 * MINUTE_MS;

export async function* readObjects(connection: Connection, reading: Reading): AsyncGenerator<Page> {
  const since = sinceOf(connection, reading);
  const api = await salesforceApi(connection);
  let progress = startOf(reading, since);
  const startedAt = () => progress.startedAt ?? api.answeredAt();
  const window = () => ({ from: since?.deletedFrom ?? 0, until: startedAt() });
  const kind = kindOf(reading.streamId);
  const asking: Asking = { api, kind, fields: reading.fields, feed: deletedFeed(api, kind, window) };
  const watch = turningPages("Salesforce");
  for (;;) {
    const counted = progress.startedAt === null ? await countAt(asking, progress.place) : {};
    const { records, ids, next } = await stepAt(asking, progress.place);
    const place = next ?? phaseAfter(progress.place, asking.kind, reading);
    watch.page(ids);
    if (place === null) {
      yield {
        records,
        ...counted,
        after: null,
        changesFrom: { ...(await changesFromOf(asking, reading, startedAt())) },
      };
      return;
    }
    watch.toNext(JSON.stringify(place));
    progress = { place, startedAt: startedAt() };
    yield { records, ...counted, after: { ...progress } };
  }
}

async function changesFromOf({ feed }: Asking, reading: Reading, startedAt: number): Promise<ChangesFrom> {
  const from = startedAt - OVERLAP_MS;
  const deletedFrom = reading.how.kind === "changes" ? await feed.coveredUntil() : from;
  return { from, deletedFrom, choice: choiceOf(reading) };
}

function startOf({ how, after }: Reading, since: ChangesFrom | null): Progress {
  if (isObject(after)) return after as unknown as Progress;
  const begun = since?.from ?? (how.kind === "whole" && how.start !== null ? Date.parse(how.start) : null);
  if (begun === null) return { place: { phase: "list", behind: "" }, startedAt: null };
  return { place: { phase: "time", from: Math.floor(begun / 1000), span: null }, startedAt: null };
}

/** Null: everything is read. @throws CursorExpired */
function sinceOf(connection: Connection, reading: Reading): ChangesFrom | null {
  const { how } = reading;
  if (how.kind === "whole") return null;
  const since = readChangesFrom(how.since);
  if (since.choice !== choiceOf(reading)) {
    throw new CursorExpired("Other fields are read than before, so everything is read once more from Salesforce.");
  }
  if (Date.parse(connection.now()) - since.deletedFrom > OLDEST_MS) throw expired();
  return since;
}

function readChangesFrom(since: Json): ChangesFrom {
  if (isObject(since)) {
    const { from, deletedFrom, choice } = since;
    if (typeof from === "number" && typeof deletedFrom === "number" && typeof choice === "string") {
      return { from, deletedFrom, choice };
    }
  }
  throw new CursorExpired("Where reading Salesforce’s changes began is not known any more.");
}

/** Short, however many fields there are. */
function choiceOf({ fields }: Reading): string {
  return createHash("sha256")
    .update([...fields].sort().join("\n"))
    .digest("base64url")
    .slice(0, 16);
}

function stepAt(asking: Asking, place: Place): Promise<Step> {
  switch (place.phase) {
    case "list":
      return listStep(asking, place);
    case "time":
      return timeStep(asking, place);
    case "tie":
      return tieStep(asking, place);
    case "merged":
      return mergedStep(asking, place);
    case "converted":
      return convertedStep(asking, place);
    case "deleted":
      return asking.feed.step(place.behind);
  }
}

/** Reading everything leaves out what is gone; that it was merged or converted has to be asked for. */
function phaseAfter({ phase }: Place, { type }: Kind, { how }: Reading): Place | null {
  if (phase === "list") return { phase: "merged", behind: "" };
  if (phase === "merged" && type === "Lead") return { phase: "converted", behind: "" };
  return phase === "time" && how.kind === "changes" ? { phase: "deleted", behind: "" } : null;
}
