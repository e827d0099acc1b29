import { type Connection, type Provider, type SourceColumn, type SourceField } from "~/features/connectors/connector";
import { valuesIn } from "~/features/connectors/reading/cell-values";
import { atSource, type Looking, type SourceProblem } from "~/features/connectors/set-up/look-up-offers.server";
import { type Scope } from "~/platform/scope.server";

/**
 * Values of the first records, so that people see what a field holds and columns can be told by what they look like. They
 * are somebody's data: read anew for each page that shows them, of as few fields as it shows, and kept nowhere.
 */

/** Of fields a page asks for: more make requests that some systems refuse. */
export const MOST_FIELDS = 60;
/** Of the first page. */
const MOST_RECORDS = 100;
const EXAMPLES = 3;
const EXAMPLE_LENGTH = 40;

export interface Examples {
  /** By stream: the cells of the first records. */
  cells: ReadonlyMap<string, readonly Cells[]>;
  /** Why there are none, or not of all that was wanted. */
  problem: SourceProblem | null;
}

export type Cells = ReadonlyMap<string, string>;

/** `fields`: by stream those that are wanted, the most wanted first. */
export async function readExamples(
  scope: Scope,
  looking: Looking,
  fields: ReadonlyMap<string, readonly string[]>,
): Promise<Examples> {
  const cells = new Map<string, Cells[]>();
  const read = await atSource(scope, looking, async (connection, provider) => {
    const wanted = [...fields].filter(([, some]) => some.length > 0);
    // One after the other: each may be a process of its own, and a system may have a hundred streams.
    for (const [streamId, some] of wanted) {
      const found = await firstRecords(connection, provider, streamId, some).catch((error: unknown) => {
        if (!connection.signal.aborted || cells.size === 0) throw error;
        // The time is over: what there is by then is shown.
        return null;
      });
      if (found === null) return { words: someMissing(provider), isAccess: false };
      cells.set(streamId, found);
    }
    return null;
  });
  return { cells, problem: read.ok ? read.value : read.problem };
}

const someMissing = ({ name }: Provider) =>
  `It takes ${name} longer than twenty seconds to show first values of everything, so those of some are missing.`;

async function firstRecords(
  connection: Connection,
  provider: Provider,
  streamId: string,
  some: readonly string[],
): Promise<Cells[]> {
  connection.signal.throwIfAborted();
  const fields = some.slice(0, MOST_FIELDS);
  const how = { kind: "whole", start: null } as const;
  for await (const { records } of provider.read(connection, { streamId, fields, how, after: null })) {
    const payloads = records.slice(0, MOST_RECORDS).flatMap((one) => ("gone" in one ? [] : [one.payload]));
    return payloads.map((payload) => provider.cellsOf(streamId, payload));
  }
  return [];
}

/** The first values of a field, each once; what has several columns is said as one. */
export function examplesOf({ columns }: Pick<SourceField, "columns">, records: readonly Cells[]): string[] {
  const examples = new Set<string>();
  for (const cells of records) {
    const text = shown(columns.flatMap(({ id }) => valuesIn(cells.get(id) ?? "")).join(", "));
    if (text !== "") examples.add(text);
    if (examples.size >= EXAMPLES) break;
  }
  return [...examples];
}

export function valuesOf({ id }: SourceColumn, records: readonly Cells[]): string[] {
  return records.flatMap((cells) => valuesIn(cells.get(id) ?? ""));
}

function shown(text: string): string {
  const line = text
    .slice(0, 500)
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim();
  return line.length > EXAMPLE_LENGTH ? `${line.slice(0, EXAMPLE_LENGTH)}…` : line;
}
