/** Transactions that are stored and that a day does not bring any more. */
import { type Reading } from "~/features/connectors/connector";
import { type RunReport } from "~/features/connectors/providers/ga4/data-api";
import { askDay, dayOfId, type Question, recordsIn } from "~/features/connectors/providers/ga4/day-report";

/** By day: the ids that came. */
export type Seen = Map<string, Set<string>>;

interface Given {
  /** Days that were read whole and without a doubt. */
  trusted: readonly string[];
  /** As far as this process has read them itself. */
  seen: Seen;
  /** The property's currency. */
  own: string;
  run: RunReport;
}

export async function vanished({ known }: Reading, { trusted, seen, own, run }: Given): Promise<string[]> {
  if (!known || trusted.length === 0) return [];
  const came = new Map<string, ReadonlySet<string>>();
  for (const day of trusted) came.set(day, seen.get(day) ?? (await idsOf(run, day, own)));
  const gone: string[] = [];
  for (let ids = await known(null); ids.length > 0; ids = await known(ids.at(-1) ?? null)) {
    gone.push(...ids.filter((id) => came.get(dayOfId(id))?.has(id) === false));
  }
  return gone;
}

/** Another process had read it before it was stopped. */
async function idsOf(run: RunReport, day: string, own: string): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  const questions: Question[] = [{ day, currency: null, offset: 0 }];
  for (let ask = questions.shift(); ask; ask = questions.shift()) {
    const report = await askDay(run, ask);
    const { records, foreign } = recordsIn(report, ask, own, []);
    for (const { id } of records) ids.add(id);
    const read = ask.offset + report.rows.length;
    if (report.rows.length > 0 && read < report.rowCount) questions.push({ ...ask, offset: read });
    for (const currency of foreign) {
      if (!questions.some((one) => one.currency === currency)) questions.push({ day, currency, offset: 0 });
    }
  }
  return ids;
}
