/**
 * The configuration of a tap: what people filled in, as the tap wants it, and over it what the tap itself has written
 * into it since, e.g. a token that replaced another.
 */
import { isDeepStrictEqual } from "node:util";
import { type Json, type JsonObject, type Settings, Trouble } from "~/features/connectors/connector";
import { type AllowedTap, type TapSetting } from "~/features/connectors/providers/singer/allowed-tap";
import { isObject } from "~/features/connectors/reading/answers";

/** All of it as one text, where nobody has listed its settings. */
export const WHOLE_CONFIG = "config";
/** What the tap wrote itself, among the connector's secrets. No setting can be called so. */
const WRITTEN = "$written";

export type TapConfig = Readonly<Record<string, Json>>;

interface Filled {
  settings: Settings;
  secrets: Settings;
}

/** As people filled it in. @throws Trouble */
export function filledConfig(tap: AllowedTap, { settings, secrets }: Filled): TapConfig {
  const texts = { ...settings, ...secrets };
  if (!tap.settings) return wholeConfig(tap, texts[WHOLE_CONFIG]);
  const pairs = tap.settings.flatMap((setting): [string, Json][] => {
    const text = texts[setting.name]?.trim() ?? "";
    return text === "" ? [] : [[setting.name, valueOf(setting, text)]];
  });
  return Object.fromEntries(pairs);
}

function wholeConfig({ label }: AllowedTap, text = ""): TapConfig {
  const found = jsonIn(text);
  if (isObject(found)) return found;
  throw new Trouble(`The configuration of ${label} is missing. Fill in its settings again.`);
}

function valueOf({ kind = "text" }: TapSetting, text: string): Json {
  if (kind === "number") return Number(text);
  if (kind === "boolean") return text === "true";
  return kind === "json" ? (jsonIn(text) ?? text) : text;
}

/** Null: it is none. */
export function jsonIn(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** With what the tap has written, unless a person has filled in something else since. */
export function currentConfig(filled: TapConfig, { secrets }: Pick<Filled, "secrets">): TapConfig {
  const config = { ...filled };
  for (const [name, { was, now }] of Object.entries(writtenIn(secrets))) {
    if (isDeepStrictEqual(filled[name] ?? null, was)) config[name] = now;
  }
  return config;
}

type Written = Record<string, { was: Json; now: Json }>;

function writtenIn(secrets: Settings): Written {
  return (jsonIn(secrets[WRITTEN] ?? "{}") ?? {}) as Written;
}

/** What is to be kept of a configuration that the tap has changed. */
export function writtenSecrets(filled: TapConfig, file: JsonObject): Settings {
  const written: Written = {};
  for (const [name, now] of Object.entries(file)) {
    if (!isDeepStrictEqual(now, filled[name])) written[name] = { was: filled[name] ?? null, now };
  }
  return { [WRITTEN]: JSON.stringify(written) };
}

const LEAST_LETTERS = 4;

/** What must not be told of it: every value that is long enough to be recognised. */
export function valuesIn(config: Json): string[] {
  if (typeof config === "string" || typeof config === "number") {
    return String(config).length >= LEAST_LETTERS ? [String(config)] : [];
  }
  return typeof config === "object" && config !== null ? Object.values(config).flatMap(valuesIn) : [];
}
