import { setImmediate as nextTurn } from "node:timers/promises";
import { type Arrival } from "~/features/pipeline/sourced/meet-records.server";
import { type OpenStream } from "~/features/pipeline/sourced/open-sourced-run.server";
import { hashOf } from "~/features/pipeline/sourced/prepare-record.server";
import { type GoneItem, type LiveItem, type SourcePage } from "~/features/pipeline/sourced/source";

/** A page as it is taken in: each record once, by its hash. */
export interface ArrivedPage extends Omit<SourcePage, "records"> {
  live: Arrival[];
  gone: GoneItem[];
}

/** Of so many records the hashes are made at once: a tenth of a page's, in which the database's answers may wait. */
const RECORDS_BETWEEN_TURNS = 100;

/** In small steps: while the database answers about the page before, this one is made ready. */
export async function arrive(
  stream: Pick<OpenStream, "taken">,
  { records, ...page }: SourcePage,
): Promise<ArrivedPage> {
  const { live, gone } = told(records);
  const arrivals: Arrival[] = [];
  for (const item of live) {
    if (arrivals.push({ item, hash: hashOf(stream, item) }) % RECORDS_BETWEEN_TURNS === 0) await nextTurn();
  }
  return { ...page, live: arrivals, gone };
}

/** Of what came twice the newer by the source's clock, else the later one; what was told gone after it was sent is gone. */
function told(records: SourcePage["records"]): { live: LiveItem[]; gone: GoneItem[] } {
  const live = new Map<string, LiveItem>();
  const gone = new Map<string, GoneItem>();
  for (const record of records) {
    if ("gone" in record) {
      live.delete(record.id);
      gone.set(record.id, record);
      continue;
    }
    const changedAt = instant(record.changedAt);
    const item = changedAt === record.changedAt ? record : { ...record, changedAt };
    const before = live.get(item.id);
    gone.delete(item.id);
    if (!before?.changedAt || !item.changedAt || before.changedAt <= item.changedAt) live.set(item.id, item);
  }
  return { live: [...live.values()], gone: [...gone.values()] };
}

/** What is written so already, of a day that there is in every month, need not be read and written anew. */
const isStored = /^\d{4}-(0[1-9]|1[0-2])-([01][1-9]|10|2[0-8])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

/** As the database keeps it; null for what is no time. */
function instant(text: string | null): string | null {
  if (text !== null && isStored.test(text)) return text;
  const at = text === null ? NaN : Date.parse(text);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}
