/** What somebody typed into a provider's form, judged by its schema and parted into what may be shown and what not. */
import { type Provider, type Settings, type SettingsField } from "~/features/connectors/connector";

export type Judged =
  | { ok: true; settings: Settings; secrets: Settings }
  /** By the name of the field; `""`: of the form as a whole. */
  | { ok: false; errors: Readonly<Record<string, string[]>> };

type Formed = Pick<Provider, "settings">;

export function settingsFields({ settings }: Formed): readonly SettingsField[] {
  return settings?.fields ?? [];
}

/**
 * `kept`: secrets that are there already, and hold where nothing was typed. Values that are empty are left out, so that
 * the schema's defaults apply.
 */
export function judgeSettings(provider: Formed, typed: Settings, kept: Settings = {}): Judged {
  const { settings: form } = provider;
  if (!form) return { ok: true, settings: {}, secrets: {} };
  const secret = new Set(form.fields.filter(({ type }) => type === "secret").map(({ name }) => name));
  const given = Object.fromEntries(
    form.fields.flatMap(({ name }) => {
      const value = typed[name]?.trim() || (secret.has(name) ? kept[name] : undefined);
      return value ? [[name, value]] : [];
    }),
  );
  const parsed = form.schema.safeParse(given);
  if (!parsed.success) return { ok: false, errors: errorsOf(form.fields, parsed.error.issues) };
  const all = Object.entries(parsed.data).filter(([, value]) => value !== "");
  return {
    ok: true,
    settings: Object.fromEntries(all.filter(([name]) => !secret.has(name))),
    secrets: Object.fromEntries(all.filter(([name]) => secret.has(name))),
  };
}

interface Issue {
  code?: string;
  path: PropertyKey[];
  message: string;
  input?: unknown;
}

/** What is missing is said in our words; what is wrong in the provider's. */
function errorsOf(fields: readonly SettingsField[], issues: readonly Issue[]): Record<string, string[]> {
  const errors: Record<string, string[]> = {};
  for (const { code, path, message } of issues) {
    const field = fields.find(({ name }) => name === path[0]);
    const name = field?.name ?? "";
    const words = code === "invalid_type" && field ? `Fill in: ${field.label}.` : message;
    errors[name] = [...(errors[name] ?? []), words];
  }
  return errors;
}
