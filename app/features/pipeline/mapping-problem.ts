import { type AnySubject } from "~/features/pipeline/subject";

/** Why columns can not go where they were told to; null if they can. */
export function mappingProblem(
  subject: AnySubject,
  mapping: readonly string[],
  columns: readonly string[],
): { reason: string; wrong?: number[] } | null {
  const known = new Map(subject.fields.map((field) => [field.id, field]));
  const chosen = mapping.filter((id) => id !== "");
  if (mapping.length !== columns.length || chosen.some((id) => !known.has(id))) {
    return { reason: "The columns on the page were no longer those of the file. Choose again." };
  }
  if (chosen.length === 0) return { reason: "Choose a field for at least one column." };
  const doubled = chosen.find((id, index) => chosen.indexOf(id) !== index && !known.get(id)?.many);
  if (!doubled) return null;
  const wrong = columns.flatMap((_, index) => (mapping[index] === doubled ? [index] : []));
  const names = wrong.map((index) => `“${columns[index]}”`);
  const last = names.pop() ?? "";
  const label = known.get(doubled)?.label;
  const reason = `${names.join(", ")} and ${last} ${names.length > 1 ? "all" : "both"} go to “${label}”, which can take one column. Choose another field for ${names.length > 1 ? "all but one" : "one"} of them, or leave it out.`;
  return { reason, wrong };
}
