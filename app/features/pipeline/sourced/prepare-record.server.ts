import { hash } from "node:crypto";
import { type OpenStream, type SourcedRun } from "~/features/pipeline/sourced/open-sourced-run.server";
import { type LiveItem, type Payload, type RecordSource } from "~/features/pipeline/sourced/source";
import { mapRow } from "~/features/pipeline/stages/map";
import { normaliseRow } from "~/features/pipeline/stages/normalise.server";
import { validateRow } from "~/features/pipeline/stages/validate";
import { type MappedCell, type MappedRow, type Refusal } from "~/features/pipeline/subject";

/** From a payload to its canonical form: everything about a record that can be said without the database. */

/** Of how records are taken in, in hexadecimal digits. */
export const TAKEN_LENGTH = 16;

/**
 * By which a record is known to be as it was: how it is taken in, then what it is. Property order counts; a source that
 * changes it costs a closer look (`isDeepStrictEqual`), no more.
 */
export function hashOf(
  { taken }: Pick<OpenStream, "taken">,
  { id, payload }: Pick<LiveItem, "id" | "payload">,
): string {
  return taken + hash("sha256", `${id}\n${JSON.stringify(payload)}`, "base64url");
}

/** The hash of a record of which only the payload is another. */
export function rehashed(recordHash: string, record: Pick<LiveItem, "id" | "payload">): string {
  return hashOf({ taken: recordHash.slice(0, TAKEN_LENGTH) }, record);
}

/** Whether two were taken in alike. */
export function isTakenAlike({ taken }: Pick<OpenStream, "taken">, recordHash: string): boolean {
  return recordHash.startsWith(taken);
}

export type Prepared = { ok: true; canonical: unknown; hash: string } | { ok: false; refusals: Refusal[] };

interface Preparing {
  run: Pick<SourcedRun, "settings">;
  stream: OpenStream;
  source: Pick<RecordSource, "cellsOf">;
}

export function prepareRecord({ run, stream, source }: Preparing, payload: Payload): Prepared {
  const cells = cellsIn(source.cellsOf(stream.id, payload), stream);
  const mapped = withConstants(mapCells(cells, stream), stream);
  const columns = stream.columns.map(({ label }) => label);
  const ownRules = run.settings.ownRules[stream.subject] ?? [];
  const refusals = validateRow(cells, columns, { mapped, reader: stream.reader, fields: stream.mapping, ownRules });
  return refusals.length > 0 ? { ok: false, refusals } : { ok: true, ...normaliseRow(mapped, stream.reader) };
}

/** What was let pass before, or a part of it, be it that by itself it would not be. */
export function unchecked(
  { stream, source }: Omit<Preparing, "run">,
  payload: Payload,
): { canonical: unknown; hash: string } {
  const cells = cellsIn(source.cellsOf(stream.id, payload), stream);
  return normaliseRow(withConstants(mapCells(cells, stream), stream), stream.reader);
}

/** Whether a version says nothing of a field that an earlier one said something of. */
export function blanks({ stream, source }: Omit<Preparing, "run">, before: Payload, after: Payload): boolean {
  const fields = (payload: Payload) => mapCells(cellsIn(source.cellsOf(stream.id, payload), stream), stream);
  const left = fields(after);
  return [...fields(before).keys()].some((field) => !left.has(field));
}

type Columns = Pick<OpenStream, "columns" | "mapping">;

function cellsIn(said: ReadonlyMap<string, string>, { columns }: Columns): string[] {
  return columns.map(({ id }) => said.get(id) ?? "");
}

function mapCells(cells: readonly string[], { columns, mapping }: Columns): MappedRow {
  return mapRow(cells, { columns: columns.map(({ label }) => label), fields: mapping }, { isSheet: false });
}

/** What all records of the stream say stands where a record itself says nothing. */
function withConstants(mapped: MappedRow, { constants, columns }: OpenStream): MappedRow {
  const all = new Map<string, readonly MappedCell[]>(mapped);
  for (const [field, text] of Object.entries(constants)) {
    if (!all.has(field)) all.set(field, [{ column: "", text, index: columns.length }]);
  }
  return all;
}
