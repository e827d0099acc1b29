/** What was deleted since then: Salesforce tells it for fifteen days. */
import { type DeletedResult } from "jsforce/lib/types";
import { CursorExpired } from "~/features/connectors/connector";
import { type Kind } from "~/features/connectors/providers/salesforce/kinds";
import { goneRecord, instantOf } from "~/features/connectors/providers/salesforce/object-records";
import { type Step } from "~/features/connectors/providers/salesforce/places";
import { DeletionsForgotten } from "~/features/connectors/providers/salesforce/refusals";
import { type SalesforceApi } from "~/features/connectors/providers/salesforce/salesforce-api";
import { quotedId, soqlOf } from "~/features/connectors/providers/salesforce/soql";

/** Ids that an address has room for. */
const IDS_AT_ONCE = 200;
/** Where it begins has to be more than a minute before its end. */
const SHORTEST_MS = 2 * 60 * 1000;

export interface DeletedFeed {
  /** @param behind an id, or "" */
  step(behind: string): Promise<Step>;
  /** Until when it has told everything, in milliseconds since 1970. */
  coveredUntil(): Promise<number>;
}

export interface Window {
  from: number;
  until: number;
}

export function expired(): CursorExpired {
  return new CursorExpired(
    "Salesforce was last read so long ago that it does not tell any more what was deleted since, so everything is read once more.",
  );
}

/** @param windowOf looked at when it is first asked */
export function deletedFeed(api: SalesforceApi, { type }: Kind, windowOf: () => Window): DeletedFeed {
  let asked: Promise<DeletedResult & { window: Window }> | null = null;
  const ask = () => (asked ??= deletedIn(api, type, windowOf()));
  return {
    step: async (behind) => {
      const { deletedRecords } = await ask();
      const ids = [...new Set(deletedRecords.map(({ id }) => id))].sort();
      const behindIt = ids.filter((id) => id > behind);
      const some = behindIt.slice(0, IDS_AT_ONCE);
      const last = some.at(-1);
      const next = last === undefined || behindIt.length <= some.length ? null : last;
      return {
        records: await recordsOf(api, type, some),
        ids: some,
        next: next === null ? null : { phase: "deleted", behind: next },
      };
    },
    coveredUntil: async () => {
      const { latestDateCovered, window } = await ask();
      const covered = Date.parse(instantOf(latestDateCovered) ?? "");
      return Number.isNaN(covered) ? window.from : Math.min(covered, window.until);
    },
  };
}

/** @throws CursorExpired where some of it is forgotten */
async function deletedIn(api: SalesforceApi, type: string, window: Window) {
  const { until } = window;
  const from = Math.min(window.from, until - SHORTEST_MS);
  const found = await api.deleted(type, new Date(from), new Date(until)).catch((error: unknown) => {
    throw error instanceof DeletionsForgotten ? expired() : error;
  });
  const earliest = Date.parse(instantOf(found.earliestDateAvailable) ?? "");
  if (earliest > from) throw expired();
  return { ...found, window };
}

/** The feed does not say what was merged into what, nor what was taken back from the recycle bin. */
async function recordsOf(api: SalesforceApi, type: string, ids: readonly string[]): Promise<Step["records"]> {
  if (ids.length === 0) return [];
  const where = [`Id IN (${ids.map(quotedId).join(",")})`];
  const soql = soqlOf({ type, where, fields: ["Id", "IsDeleted", "MasterRecordId"] });
  const { rows } = await api.query(soql, { all: true });
  const found = new Map(rows.map((row) => [row.Id, row]));
  return ids.flatMap((id) => {
    const row = found.get(id);
    return row?.IsDeleted === false ? [] : [goneRecord(id, row?.MasterRecordId)];
  });
}
