/** Settings that may be handed in as a file, beside the field to type them in. */

export const fileField = (name: string): string => `${name}-file`;

/** Whether a form of these has to carry files. */
export function takesFile(fields: readonly { of: { file?: string } }[]): boolean {
  return fields.some(({ of }) => of.file !== undefined);
}
