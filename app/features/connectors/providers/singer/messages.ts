/** What a tap says, a line each: hub.meltano.com/singer/spec, with all that taps in the world do otherwise. */
import { type Json, type JsonObject } from "~/features/connectors/connector";
import { isObject } from "~/features/connectors/reading/answers";
import { parseLossless } from "~/features/connectors/providers/singer/lossless-json";

export type Message =
  | { type: "RECORD"; stream: string; record: JsonObject }
  | { type: "SCHEMA"; stream: string; keys: readonly string[] }
  | { type: "STATE"; value: Json }
  | { type: "ACTIVATE_VERSION"; stream: string }
  | { type: "BATCH"; stream: string };

/** A line that was to be a message and is none: it was cut, or two were written at once. */
export class BrokenMessage extends Error {
  override name = "BrokenMessage";
}

/** Null: it is nothing to us: a type that nobody knows, or no message but what a library printed. @throws BrokenMessage */
export function readMessage(line: string): Message | null {
  if (!line.trimStart().startsWith("{")) return null;
  const said = parsed(line);
  if (!isObject(said)) return null;
  const read = readers[String(said.type).trim().toUpperCase()];
  return read ? read(said) : null;
}

function parsed(line: string): Json {
  try {
    return parseLossless(line);
  } catch (error) {
    if (error instanceof SyntaxError) throw new BrokenMessage("A line breaks off");
    throw error;
  }
}

const readers: Readonly<Record<string, (said: JsonObject) => Message>> = {
  RECORD: (said) => ({ type: "RECORD", stream: streamOf(said), record: objectIn(said, "record") }),
  SCHEMA: (said) => ({ type: "SCHEMA", stream: streamOf(said), keys: textsIn(said.key_properties) }),
  STATE: ({ value = null }) => ({ type: "STATE", value }),
  ACTIVATE_VERSION: (said) => ({ type: "ACTIVATE_VERSION", stream: streamOf(said) }),
  BATCH: (said) => ({ type: "BATCH", stream: streamOf(said) }),
};

function streamOf({ stream }: JsonObject): string {
  if (typeof stream !== "string") throw new BrokenMessage("A message does not say of which stream it is");
  return stream;
}

function objectIn(said: JsonObject, name: string): JsonObject {
  const value = said[name];
  if (!isObject(value)) throw new BrokenMessage(`A message has no ${name}`);
  return value;
}

/** Python's `None` and a single name come for lists, too. */
export function textsIn(value: Json | undefined): string[] {
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.flatMap((each: Json) => (typeof each === "string" ? [each] : [])) : [];
}
