import { newFieldType } from "~/features/pipeline/columns/mapping-problem";
import { type AnySubject } from "~/features/pipeline/subject";
import { type Scope } from "~/platform/scope.server";

/** A field that was to be made for a column, and cannot be: nothing of what was chosen with it is kept. */
export class NewFieldRefused extends Error {
  constructor(
    readonly reason: string,
    readonly index: number,
  ) {
    super(reason);
  }
}

/**
 * Makes the fields that are to be new, each called as its column is. In the transaction that keeps the mapping.
 * @returns the mapping with them. @throws NewFieldRefused
 */
export async function addNewFields(
  scope: Scope,
  { newFields }: AnySubject,
  { columns, mapping }: { columns: readonly string[]; mapping: readonly string[] },
): Promise<string[]> {
  const made: string[] = [];
  for (const [index, field] of mapping.entries()) {
    const type = newFieldType(field);
    if (type === null || !newFields) {
      made.push(field);
      continue;
    }
    const name = columns[index] ?? "";
    const added = await newFields.add(scope, { name, type });
    if (!added.ok) throw new NewFieldRefused(`“${name}” cannot be a field of your own: ${added.reason}`, index);
    made.push(added.fieldId);
  }
  return made;
}
