import { type AnySubject } from "~/features/pipeline/subject";

const NEW = "new:";

/** The type of field that is to be made for a column; null where it goes to one that is there. */
export function newFieldType(field: string): string | null {
  return field.startsWith(NEW) ? field.slice(NEW.length) : null;
}

export function newFieldId(type: string): string {
  return NEW + type;
}

function newFieldIds({ newFields }: AnySubject): ReadonlySet<string> {
  return new Set(newFields?.types.map(({ id }) => newFieldId(id)));
}

/** Why columns can not go where they were told to; null if they can. */
export function mappingProblem(
  subject: AnySubject,
  mapping: readonly string[],
  columns: readonly string[],
  mayAddFields: boolean,
): { reason: string; wrong?: number[] } | null {
  const known = new Map(subject.fields.map((field) => [field.id, field]));
  const types = mayAddFields ? newFieldIds(subject) : new Set<string>();
  const isMapped = mapping.some((id) => id !== "");
  const chosen = mapping.filter((id) => id !== "" && !types.has(id));
  if (mapping.length !== columns.length || chosen.some((id) => !known.has(id))) {
    return { reason: "The columns on the page were no longer those of the file. Choose again." };
  }
  if (!isMapped) return { reason: "Choose a field for at least one column." };
  const doubled = chosen.find((id, index) => chosen.indexOf(id) !== index && !known.get(id)?.many);
  if (!doubled) return null;
  const wrong = columns.flatMap((_, index) => (mapping[index] === doubled ? [index] : []));
  const names = wrong.map((index) => `“${columns[index]}”`);
  const last = names.pop() ?? "";
  const label = known.get(doubled)?.label;
  const reason = `${names.join(", ")} and ${last} ${names.length > 1 ? "all" : "both"} go to “${label}”, which can take one column. Choose another field for ${names.length > 1 ? "all but one" : "one"} of them, or leave it out.`;
  return { reason, wrong };
}
