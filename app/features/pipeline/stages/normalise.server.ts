import { hash } from "node:crypto";
import { type RowReader, type MappedRow } from "~/features/pipeline/subject";

/** The normalise stage: a row in its one canonical form, and the hash by which it is known again in any file. */
export function normaliseRow<Canonical>(row: MappedRow, reader: RowReader<Canonical>) {
  const canonical = reader.normalise(row);
  return { canonical, hash: hash("sha256", JSON.stringify(reader.core?.(canonical) ?? canonical), "hex") };
}
