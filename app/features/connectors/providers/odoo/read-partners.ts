/**
 * Reads people or companies in the order of their ids: all, or those that changed since. When a record changed Odoo
 * keeps to the microsecond and tells to the second, so pages are told apart by ids alone. Nothing tells what was deleted:
 * what is known here is asked for by its ids, page by page.
 */
import { createHash } from "node:crypto";
import {
  type Connection,
  CursorExpired,
  type Json,
  OutOfOrder,
  type Page,
  type Reading,
  type SourceRecord,
  Trouble,
} from "~/features/connectors/connector";
import { isObject } from "~/features/connectors/reading/answers";
import { turningPages } from "~/features/connectors/reading/turning-pages";
import { ADDRESSES, type Kind, kindOf, PARTNERS } from "~/features/connectors/providers/odoo/kinds";
import { type Domain, type OdooApi, odooApi } from "~/features/connectors/providers/odoo/odoo-api";
import { addressesOf, type Choice, choiceOf, recordOf } from "~/features/connectors/providers/odoo/partner-records";
import { serverOf } from "~/features/connectors/providers/odoo/server-settings";

type Place =
  /** Behind this id; `size`: so many at a time, where more were too many. */
  | { phase: "list"; behind: number; size?: number }
  /** Whether what is known here is still there: behind this name. */
  | { phase: "known"; behind: string | null };

/** A reading and how far it has come. */
interface Progress {
  place: Place;
  /** When it began, by Odoo's clock; null: nothing has been answered yet. */
  startedAt: number | null;
}

interface ChangesFrom {
  from: number;
  /** Of what was chosen, and of where it was read. */
  choice: string;
}

interface Step {
  records: SourceRecord[];
  ids: string[];
  next: Place | null;
}

interface Asking {
  api: OdooApi;
  kind: Kind;
  choice: Choice;
  /** Which partners are read. */
  domain: Domain;
  reading: Reading;
}

const PAGE_SIZE = 500;
const SMALLEST_PAGE = 50;
const MINUTE_MS = 60 * 1000;
/** So much of the time before is read again: a change is dated when its transaction began, and an import takes long. */
const OVERLAP_MS = 30 * MINUTE_MS;

export async function* readPartners(connection: Connection, reading: Reading): AsyncGenerator<Page> {
  const since = sinceOf(connection, reading);
  const api = await odooApi(connection);
  const choice = await choiceOf(api, reading.fields);
  if (since !== null) checkClock(since, api.answeredAt());
  const kind = kindOf(reading.streamId);
  const asking: Asking = { api, kind, choice, domain: domainOf(reading, kind, since), reading };
  let progress = startOf(reading);
  const watch = turningPages("Odoo");
  for (;;) {
    const isFirst = progress.startedAt === null;
    const startedAt = progress.startedAt ?? api.answeredAt();
    const counted = isFirst && since === null ? { count: await api.count(PARTNERS, asking.domain) } : {};
    const { records, ids, next } = await stepAt(asking, progress.place);
    const place = next ?? phaseAfter(progress.place, reading);
    watch.page(ids);
    if (place === null) {
      const changesFrom: ChangesFrom = { from: startedAt - OVERLAP_MS, choice: choiceIn(connection, reading) };
      yield { records, ...counted, after: null, changesFrom: { ...changesFrom } };
      return;
    }
    watch.toNext(JSON.stringify(place));
    progress = { place, startedAt };
    yield { records, ...counted, after: { ...progress } };
  }
}

function startOf({ after }: Reading): Progress {
  if (isObject(after)) return after as unknown as Progress;
  return { place: { phase: "list", behind: 0 }, startedAt: null };
}

/** Null: everything is read. @throws CursorExpired */
function sinceOf(connection: Connection, reading: Reading): number | null {
  const { how } = reading;
  if (how.kind === "whole") return null;
  const { since } = how;
  if (!isObject(since) || typeof since.from !== "number" || typeof since.choice !== "string") {
    throw new CursorExpired("Where reading Odoo’s changes began is not known any more.");
  }
  if (since.choice !== choiceIn(connection, reading)) {
    throw new CursorExpired(
      "Other fields are read than before, or another database, so everything is read once more from Odoo.",
    );
  }
  return since.from;
}

/** A database that was set back to an earlier day has forgotten changes that were read. */
function checkClock(since: number, now: number): void {
  if (since > now + MINUTE_MS) {
    throw new CursorExpired("Odoo’s clock was set back since it was last read, so everything is read once more.");
  }
}

/** Short, however many fields there are. */
function choiceIn({ settings }: Connection, { fields }: Reading): string {
  const { address, database } = serverOf(settings);
  return createHash("sha256")
    .update([address, database, ...[...fields].sort()].join("\n"))
    .digest("base64url")
    .slice(0, 16);
}

function domainOf({ how, fields }: Reading, kind: Kind, since: number | null): Domain {
  const start = how.kind === "whole" && how.start !== null ? Date.parse(how.start) : null;
  const from = since ?? start;
  if (from === null) return kind.domain;
  const instant = new Date(from).toISOString().slice(0, 19).replace("T", " ");
  const own = ["write_date", ">=", instant] as const;
  // A further address that was changed leaves its owner unchanged.
  const changed = fields.includes(ADDRESSES) ? ["|", own, ["child_ids.write_date", ">=", instant] as const] : [own];
  return ["&", ...changed, ...kind.domain];
}

function stepAt(asking: Asking, place: Place): Promise<Step> {
  return place.phase === "list" ? listStep(asking, place) : knownStep(asking, place.behind);
}

type ListPlace = Extract<Place, { phase: "list" }>;

/** What is too large for one answer, or takes Odoo too long, looks as if it were out of order: smaller pages may do. */
async function listStep(asking: Asking, place: ListPlace): Promise<Step> {
  const { size = PAGE_SIZE } = place;
  try {
    return await listPage(asking, place, size);
  } catch (error) {
    if (!(error instanceof OutOfOrder) || size <= SMALLEST_PAGE) throw error;
    return listStep(asking, { ...place, size: Math.max(SMALLEST_PAGE, Math.floor(size / 4)) });
  }
}

async function listPage({ api, choice, domain }: Asking, place: ListPlace, size: number): Promise<Step> {
  const { behind } = place;
  const question = { domain: ["&", ["id", ">", behind] as const, ...domain], order: "id asc", limit: size };
  const fields = [...new Set(["write_date", ...choice.fields])];
  const rows = await api.read(PARTNERS, { ...question, fields });
  if (rows.some(({ id }) => id <= behind)) throw beside();
  const addresses = choice.hasAddresses
    ? await addressesOf(
        api,
        rows.map(({ id }) => id),
      )
    : new Map<number, Json[]>();
  const last = rows.at(-1);
  return {
    records: rows.map((row) => recordOf(row, choice, addresses.get(row.id))),
    ids: rows.map(({ id }) => String(id)),
    next: !last || rows.length < size ? null : { ...place, behind: last.id },
  };
}

function beside(): Trouble {
  return new Trouble(
    "Odoo gives the same page again and again, so that reading it would never end. Nothing was deleted. Try again later; if it stays so, tell whoever runs your Odoo.",
  );
}

/** What is not found any more was deleted, archived, or is a company now where it was a person. */
async function knownStep({ api, kind, reading }: Asking, behind: string | null): Promise<Step> {
  const names = (await reading.known?.(behind)) ?? [];
  const last = names.at(-1);
  if (last === undefined) return { records: [], ids: [], next: null };
  const ids = names.map(Number);
  const found = await api.search(PARTNERS, { domain: ["&", ["id", "in", ids] as const, ...kind.domain] });
  const there = new Set(found.map(String));
  const gone = names.filter((name) => !there.has(name));
  return { records: gone.map((id) => ({ id, gone: "deleted" })), ids: gone, next: { phase: "known", behind: last } };
}

function phaseAfter({ phase }: Place, { how }: Reading): Place | null {
  return phase === "list" && how.kind === "changes" ? { phase: "known", behind: null } : null;
}
