import { type MappedCell, type MappedRow } from "~/features/pipeline/subject";

/** The map stage: cells become fields by the mapping that a person confirmed. Columns may be called anything. */

export interface Mapping {
  columns: readonly string[];
  /** For each column the field it goes to; "" for none. */
  fields: readonly string[];
}

/** An apostrophe that our own CSVs put before what a spreadsheet would take for a formula. */
const escaped = /^'(?='*[=+\-@\t\r\0＝＋－＠])/;

/** `isSheet`: what a spreadsheet would take for a formula may have been written with an apostrophe. */
export function mapRow(cells: readonly string[], { columns, fields }: Mapping, { isSheet = true } = {}): MappedRow {
  const mapped = new Map<string, MappedCell[]>();
  fields.forEach((field, index) => {
    const text = cells[index]?.trim();
    if (field === "" || !text) return;
    const cell = { column: columns[index] ?? "", text: isSheet ? text.replace(escaped, "") : text, index };
    const others = mapped.get(field);
    if (others) others.push(cell);
    else mapped.set(field, [cell]);
  });
  return mapped;
}
