/** The columns of a file that go to the account's own fields. All else is read as without them. */
import { type CustomField, isCustomField } from "~/features/contacts/contact";
import { type FieldDefinition, fieldOf } from "~/features/contacts/custom/custom-field";
import { readValue, type ValuePlace } from "~/features/contacts/custom/custom-value";
import { refuse, textOf } from "~/features/contacts/subject/contact-subject-text";
import { type MappedCell, type MappedRow, type RowReader, type SubjectField } from "~/features/pipeline/subject";

/** As names of columns are compared: words parted by one space, without marks. */
function columnWords(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}+/gu, "")
    .replace(/ß/g, "ss")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** Where columns can go. They stand before the built-in ones: a name that the account has given itself means its own. */
export function customSubjectFields(fields: readonly FieldDefinition[]): SubjectField[] {
  return fields.map((field) => ({
    id: fieldOf(field),
    label: field.name,
    many: false,
    words: [columnWords(field.name)],
    // For guessing the order in which days are written.
    ...(field.type === "date" ? { isDate: true } : {}),
  }));
}

interface Canonical {
  data: object;
}

/** `[clear]` in a cell: the field is empty from then on. */
const isClear = (cell: MappedCell) => cell.text.trim().toLowerCase() === "[clear]";

export function withCustomFields<Row extends Canonical>(
  reader: RowReader<Row>,
  fields: readonly FieldDefinition[],
  place: ValuePlace,
): RowReader<Row> {
  return {
    ...reader,
    validate: (row) => [
      ...reader.validate(builtIn(row)),
      ...cellsOf(row, fields).flatMap(([field, cell]) => {
        const reading = isClear(cell) ? null : readValue(field, cell.text, place);
        return reading && !reading.ok ? [refuse(cell, reading.reason, `custom-${field.type}`)] : [];
      }),
    ],
    normalise(row) {
      const canonical = reader.normalise(builtIn(row));
      const said: Partial<Record<CustomField, string>> = {};
      const cleared: string[] = [];
      for (const [field, cell] of cellsOf(row, fields)) {
        const reading = isClear(cell) ? null : readValue(field, cell.text, place);
        if (reading === null) cleared.push(fieldOf(field));
        else if (reading.ok) said[fieldOf(field)] = reading.value;
      }
      if (Object.keys(said).length + cleared.length === 0) return canonical;
      const before = "cleared" in canonical.data ? (canonical.data.cleared as string[]) : [];
      const emptied = cleared.length > 0 ? { cleared: [...before, ...cleared].sort() } : {};
      return { ...canonical, data: { ...canonical.data, ...said, ...emptied } };
    },
  };
}

function builtIn(row: MappedRow): MappedRow {
  return new Map([...row].filter(([field]) => !isCustomField(field)));
}

/** In the order of the fields' ids, so that equal rows give equal records. */
function cellsOf(row: MappedRow, fields: readonly FieldDefinition[]): [FieldDefinition, MappedCell][] {
  return [...fields]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap((field): [FieldDefinition, MappedCell][] => {
      const cell = row.get(fieldOf(field))?.[0];
      return cell && textOf(row, fieldOf(field)) !== null ? [[field, cell]] : [];
    });
}
