import { type SourceRow } from "~/features/pipeline/files/source-row";
import { arranged } from "~/features/pipeline/corrections/correction";
import { mapRow } from "~/features/pipeline/stages/map";
import { normaliseRow } from "~/features/pipeline/stages/normalise.server";
import { type RunSettings } from "~/features/pipeline/draft/run-settings.server";
import { type CanonicalRow, type Refusal, type RowReader } from "~/features/pipeline/subject";
import { checkShape, validateRow } from "~/features/pipeline/stages/validate";
import { newId } from "~/platform/ids.server";
import { dateIn, type Place } from "~/platform/time";

/** From raw to canonical: everything about a row that can be said without the database. */

export interface RawRow {
  rawRecordId: string;
  /** The line. */
  position: number;
  cells: readonly string[];
}

export type PreparedRow =
  { ok: true; raw: RawRow; row: CanonicalRow<unknown> } | { ok: false; raw: RawRow; refusals: Refusal[] };

/** How rows are taken in, by a run or by the check before it. */
export interface Intake {
  settings: Pick<RunSettings, "columns" | "mapping" | "correction" | "ownRules">;
  reader: RowReader<unknown>;
}

/**
 * Where and when rows are read: dates are written in many ways, and some are not to come. In our workbooks of refused rows
 * every cell is a text, so that a real date put into one stands there, and shows, as the number that it is kept as.
 */
export function dayPlace({ locale, timeZone }: Place, at: string, { correction, reading }: DaySettings) {
  return {
    locale,
    timeZone,
    today: dateIn(timeZone, at),
    dayNumbers: correction !== undefined && reading.format === "xlsx",
  };
}

type DaySettings = Pick<RunSettings, "correction" | "reading">;

export function asRaw({ line, cells }: SourceRow): RawRow {
  return { rawRecordId: newId(), position: line, cells };
}

export function prepareRow(raw: RawRow, { settings, reader }: Intake): PreparedRow {
  const { columns, mapping: fields, correction, ownRules = [] } = settings;
  const shape = correction ? checkShape(raw.cells, correction.columns) : [];
  if (shape.length > 0) return { ok: false, raw, refusals: shape };
  const cells = correction ? arranged(raw.cells, correction) : raw.cells;
  const mapped = mapRow(cells, { columns, fields });
  const refusals = validateRow(cells, columns, { mapped, reader, fields, ownRules });
  if (refusals.length > 0) return { ok: false, raw, refusals };
  const { rawRecordId, position } = raw;
  return { ok: true, raw, row: { rawRecordId, position, ...normaliseRow(mapped, reader) } };
}
