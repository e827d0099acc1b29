/** A provider's form as somebody typed it. */
import { type Provider, type Settings } from "~/features/connectors/connector";
import { listConnectors } from "~/features/connectors/list-connectors.server";
import { settingsFields } from "~/features/connectors/settings-form";
import { oneLine } from "~/features/contacts/values/typed-text";
import { onlyText } from "~/http/form.server";
import { type Scope } from "~/platform/scope.server";
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

export function readTyped(form: FormData, provider: Provider): Typed {
  const values = settingsFields(provider).map(
    ({ name }) => [name, oneLine(onlyText(form, fieldName(name))).slice(0, MOST_OF_A_VALUE)] as const,
  );
  return { name: oneLine(onlyText(form, "name")), settings: Object.fromEntries(values) };
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
