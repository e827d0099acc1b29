/** A provider's form as somebody typed it. */
import { type Provider, type Settings, type SettingsField } from "~/features/connectors/connector";
import { listConnectors } from "~/features/connectors/list-connectors.server";
import { settingsFields } from "~/features/connectors/settings-form";
import { oneLine } from "~/features/contacts/values/typed-text";
import { onlyText } from "~/http/form.server";
import { type Scope } from "~/platform/scope.server";
import { fileField } from "~/routes/connectors/setting-files";
import { type DrawnField } from "~/routes/connectors/settings-fields";

export const MOST_OF_A_NAME = 100;
/** Keys can be long; nobody types a book. */
const MOST_OF_A_VALUE = 10_000;

/** So that none of them is taken for one of ours. */
const fieldName = (name: string) => `setting-${name}`;

export interface Typed {
  name: string;
  settings: Settings;
}

export async function readTyped(form: FormData, provider: Provider): Promise<Typed> {
  const settings: Record<string, string> = {};
  for (const field of settingsFields(provider)) settings[field.name] = await valueOf(form, field);
  return { name: oneLine(onlyText(form, "name")), settings };
}

/** A file that was chosen counts more than what was typed beside it. */
async function valueOf(form: FormData, { name, file }: SettingsField): Promise<string> {
  const typed = onlyText(form, fieldName(name));
  const text = file === undefined ? null : await textOfFile(form, fileField(fieldName(name)));
  return oneLine(text ?? typed).slice(0, MOST_OF_A_VALUE);
}

/** Null: none was chosen. */
async function textOfFile(form: FormData, name: string): Promise<string | null> {
  const sent = form.get(name);
  return sent === null || typeof sent === "string" || sent.size === 0 ? null : sent.slice(0, MOST_OF_A_VALUE).text();
}

/** Null: it will do. `taken`: what the others are called. */
export function nameProblem(name: string, taken: ReadonlySet<string>): string | null {
  if (name === "") return "Give it a name, so that people know it again.";
  if (name.length > MOST_OF_A_NAME) return `Make the name shorter: ${MOST_OF_A_NAME} characters at the most.`;
  const free = freeName(name, taken);
  return free === name ? null : `Another connector is called so. Give it a name of its own, such as “${free}”.`;
}

/** What the connectors of the account are called, but for this one. */
export async function takenNames(scope: Scope, but?: string): Promise<ReadonlySet<string>> {
  const others = (await listConnectors(scope)).filter(({ id }) => id !== but);
  return new Set(others.map(({ name }) => plain(name)));
}

/** With a number behind it where there is one of that name. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let number = 2; taken.has(plain(free)); number += 1) free = `${name} ${number}`;
  return free;
}

const plain = (name: string) => name.toLowerCase();

interface Drawing {
  values: Settings;
  errors?: Readonly<Record<string, string[]>>;
  /** Names of the secrets that are kept. */
  kept?: readonly string[];
}

/** What stands in its fields: never a secret. */
export function drawFields(provider: Provider, { values, errors = {}, kept = [] }: Drawing): DrawnField[] {
  return settingsFields(provider).map(({ name, initial, ...of }) => ({
    name: fieldName(name),
    of: { ...of },
    errors: errors[name],
    isKept: kept.includes(name),
    ...(of.type === "secret" ? {} : { value: values[name] ?? initial }),
  }));
}
