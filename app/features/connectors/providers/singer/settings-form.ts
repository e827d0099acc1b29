/** What people fill in for a tap: the settings its operator listed, or all of its configuration as JSON. */
import { z } from "zod";
import { type Settings, type SettingsField, type SettingsForm } from "~/features/connectors/connector";
import { type AllowedTap, type TapSetting } from "~/features/connectors/providers/singer/allowed-tap";
import { jsonIn, WHOLE_CONFIG } from "~/features/connectors/providers/singer/tap-config";
import { isObject } from "~/features/connectors/reading/answers";

export function settingsForm({ settings }: AllowedTap): SettingsForm {
  if (!settings) return { fields: [wholeField], schema: z.object({ [WHOLE_CONFIG]: whole }) as z.ZodType<Settings> };
  const shape = Object.fromEntries(settings.map((setting) => [setting.name, judged(setting)]));
  return { fields: settings.map(toField), schema: z.object(shape) as unknown as z.ZodType<Settings> };
}

const wholeField: SettingsField = {
  name: WHOLE_CONFIG,
  label: "Configuration of the tap",
  hint: "As JSON, as its own documents describe it. It is encrypted and never shown again.",
  type: "secret",
  leads: true,
};

const NO_JSON = "This is no configuration in JSON: it has to begin with { and to end with }.";
const whole = z.string(NO_JSON).refine((text) => isObject(jsonIn(text)), NO_JSON);

function toField({ name, label = name, hint, secret, kind, initial, optional }: TapSetting): SettingsField {
  const type = kind === "boolean" ? "choice" : secret ? "secret" : "text";
  return {
    ...{ name, label, type },
    ...(hint === undefined ? {} : { hint }),
    ...(kind === "boolean" ? { choices: yesOrNo } : {}),
    ...(initial === undefined ? {} : { initial }),
    ...(optional ? { advanced: true } : {}),
    // Which of them holds the host is known to the tap alone.
    ...(type === "secret" ? {} : { leads: true }),
  };
}

const yesOrNo = [
  { value: "true", label: "Yes" },
  { value: "false", label: "No" },
];

function judged({ name, label = name, kind = "text", optional }: TapSetting) {
  const missing = `Enter “${label}”.`;
  const text = z
    .string(missing)
    .trim()
    .refine((text) => text === "" || fits[kind](text), `“${label}” ${wrong[kind]}`);
  return optional ? text.default("") : text.min(1, missing);
}

const fits: Record<NonNullable<TapSetting["kind"]>, (text: string) => boolean> = {
  text: () => true,
  number: (text) => Number.isFinite(Number(text)),
  boolean: (text) => text === "true" || text === "false",
  json: (text) => text === "null" || jsonIn(text) !== null,
};

const wrong: Record<NonNullable<TapSetting["kind"]>, string> = {
  text: "cannot be read.",
  number: "has to be a number, like 12 or 0.5.",
  boolean: "has to be yes or no.",
  json: 'has to be JSON, like ["a", "b"].',
};
