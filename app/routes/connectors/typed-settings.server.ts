/** A provider's form as somebody typed it. */
import { type Provider, type Settings } from "~/features/connectors/connector";
import { settingsFields } from "~/features/connectors/settings-form";
import { oneLine } from "~/features/contacts/values/typed-text";
import { onlyText } from "~/http/form.server";
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

/** Null: it will do. */
export function nameProblem(name: string): string | null {
  if (name === "") return "Give it a name, so that people know it again.";
  return name.length > MOST_OF_A_NAME ? `Make the name shorter: ${MOST_OF_A_NAME} characters at the most.` : null;
}

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
