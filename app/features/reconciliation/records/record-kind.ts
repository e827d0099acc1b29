/** What orders and transactions have in common: they are kept as their source says them, each by its name there. */

/** Columns of the table by name; amounts are minor units, as text. */
export type Facts = Readonly<Record<string, string | number | null>>;

/** A row of a file, or a record of a connector, as it is kept. */
export interface CanonicalRecord {
  /** How it is known: what the source calls it. */
  name: string;
  /** Which shop or property it is of, where a file says so. */
  shop: string | null;
  /** Those that it says. */
  facts: Facts;
  /** It says nothing of its own: another line of what stands above. */
  isFurtherLine: boolean;
  remarks: readonly string[];
}

export interface RecordKind {
  table: "orders" | "transactions";
  /** As change entries call it. */
  kind: "order" | "transaction";
  /** The columns of its table that say something, and what people call them. */
  labels: Readonly<Record<string, string>>;
  /** Those that say when it was: its lists are in that order. */
  when: "placed_at" | "day";
  /** Those by which it is told in a list, the first as its name. */
  inLists: readonly string[];
  /** Without them there is nothing to keep. */
  required: readonly string[];
  /** Two rows of one file by the same name: they are added up; else the second is refused. */
  together?: (one: Facts, other: Facts) => Facts;
  /** What a person knows it by. */
  called(facts: Facts): string | null;
}

export interface StoredRecord {
  id: string;
  origin: string;
  remoteId: string;
  sourceRecordId: string | null;
  rawRecordId: string;
  runId: string;
  hash: string;
  goneAt: string | null;
  facts: Facts;
}

const otherFields: Readonly<Record<string, string>> = { line_count: "lines", event_count: "events" };

/** The subject's field that says a column. */
export function fieldOf(column: string): string {
  const plain = column.replace(/^is_|_minor$/g, "").replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  return otherFields[column] ?? plain;
}

/** All facts of the kind, null where nothing is said. */
export function wholeFacts({ labels }: RecordKind, said: Facts): Facts {
  return Object.fromEntries(Object.keys(labels).map((column) => [column, said[column] ?? null]));
}

/** A file's records are its shop's; a connector's are its own. */
export function originOfFile(shop: string | null): string {
  return shop === null ? "file" : `file:${shop}`;
}
