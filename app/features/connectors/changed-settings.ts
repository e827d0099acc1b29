/**
 * What other settings mean for what is kept: secrets go nowhere but where they were entered for, and records are known by
 * ids of the system that they were read from.
 */
import { type Provider, type Settings, type SettingsField } from "~/features/connectors/connector";

export interface Change {
  /** All of them, secret or not, as they were and as they would be. */
  before: Settings;
  after: Settings;
}

/** Those of the fields that say where secrets go, and say another place now. */
export function movedFields(fields: readonly SettingsField[], change: Change): SettingsField[] {
  return fields.filter((field) => (field.type === "address" || field.leads) && isMoved(field, change));
}

/** What would be wrong with reading from there, by field, where records were read before. */
export function ofAnother({ access, settings }: Pick<Provider, "access" | "settings">, change: Change) {
  // Whose an agreement is, is told by itself.
  const fields = access.kind === "key" ? (settings?.fields ?? []) : [];
  const others = fields.filter((field) => (field.type === "address" || field.identifies) && isMoved(field, change));
  return Object.fromEntries(
    others.map(({ name, label, type }): [string, string[]] => {
      const what = type === "address" ? "address" : label.toLowerCase();
      return [name, [`This connector has read from another ${what}. Make a new connector for it.`]];
    }),
  );
}

function isMoved({ name, type }: SettingsField, { before, after }: Change): boolean {
  const [was = "", is = ""] = [before[name], after[name]];
  return type === "address" ? originOf(was) !== originOf(is) : was !== is;
}

/** What is no address is compared as it is. */
function originOf(text: string): string {
  return URL.canParse(text) ? new URL(text).origin : text;
}

/** By the names of the secrets that would be taken along. */
export function toTypeAgain(
  fields: readonly SettingsField[],
  { typed, kept, moved }: { typed: Settings; kept: Settings; moved: readonly SettingsField[] },
): Record<string, string[]> {
  const [first] = moved;
  if (!first) return {};
  const words =
    first.type === "address"
      ? "Type the key again: the address is another one."
      : `Type it again: “${first.label}” is another one, and it may be sent elsewhere.`;
  const taken = fields.filter(({ name, type }) => type === "secret" && !typed[name]?.trim() && kept[name]);
  return Object.fromEntries(taken.map(({ name }) => [name, [words]]));
}
