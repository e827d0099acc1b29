/** What a tap has to offer, as it discovers it, and what is to be read of it, as it wants to be told. */
import { type Connection, type Json, type JsonObject, OutOfOrder, Trouble } from "~/features/connectors/connector";
import { parseLossless } from "~/features/connectors/providers/singer/lossless-json";
import { textsIn } from "~/features/connectors/providers/singer/messages";
import { runTap, type TapWorld } from "~/features/connectors/providers/singer/run-tap";
import { isObject } from "~/features/connectors/reading/answers";

export interface TapStream {
  id: string;
  /** As it is called in messages. */
  name: string;
  schema: JsonObject;
  keys: readonly string[];
  /** Null: it does not say. */
  method: string | null;
  /** By which it knows what has changed. */
  replicationKey: string | null;
  /** By path, "" for the stream itself. */
  metadata: ReadonlyMap<string, JsonObject>;
  /** As it came. */
  entry: JsonObject;
}

const MOST_CATALOG_LETTERS = 50_000_000;

/** One discovery for all that is asked over one connection. */
const asked = new WeakMap<Connection, Map<string, Promise<TapStream[]>>>();

export function discoverStreams(connection: Connection, world: TapWorld): Promise<TapStream[]> {
  const known = asked.get(connection) ?? new Map<string, Promise<TapStream[]>>();
  asked.set(connection, known);
  const found = known.get(world.tap.id) ?? discover(connection, world);
  known.set(world.tap.id, found);
  return found;
}

async function discover(connection: Connection, world: TapWorld): Promise<TapStream[]> {
  const lines: string[] = [];
  let letters = 0;
  for await (const line of runTap(connection, world, { kind: "discover" })) {
    letters += line.length;
    if (letters > MOST_CATALOG_LETTERS) throw new Trouble(`${world.tap.label} offers more than can be taken in.`);
    lines.push(line);
  }
  return streamsIn(world.tap.label, lines);
}

/** Libraries may print something before it. */
function streamsIn(label: string, lines: readonly string[]): TapStream[] {
  const first = lines.findIndex((line) => line.trimStart().startsWith("{"));
  const found = first === -1 ? null : readJson(lines.slice(first).join("\n"));
  if (!isObject(found) || !Array.isArray(found.streams)) {
    throw new OutOfOrder(`${label} did not say what it has to offer. It is tried again by itself.`);
  }
  return found.streams.flatMap((entry: Json) => (isObject(entry) ? (toStream(entry) ?? []) : []));
}

function readJson(text: string): Json {
  try {
    return parseLossless(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Null: it cannot be read. */
function toStream(entry: JsonObject): TapStream | null {
  const id = textIn(entry.tap_stream_id) ?? textIn(entry.stream);
  const metadata = metadataIn(entry);
  const own = metadata.get("") ?? {};
  if (id === null || !isObject(entry.schema) || own.inclusion === "unsupported") return null;
  const replicationKey = replicationKeyOf(entry, own);
  return {
    ...{ id, name: textIn(entry.stream) ?? id, schema: entry.schema, metadata, entry, replicationKey },
    keys: keysOf(entry, own),
    method: methodOf(entry, own) ?? (replicationKey === null ? null : "INCREMENTAL"),
  };
}

function keysOf(entry: JsonObject, own: JsonObject): string[] {
  const keys = textsIn(entry.key_properties);
  return keys.length > 0 ? keys : textsIn(own["table-key-properties"] ?? own["view-key-properties"]);
}

function replicationKeyOf(entry: JsonObject, own: JsonObject): string | null {
  const [valid = null] = textsIn(own["valid-replication-keys"]);
  return textIn(own["replication-key"]) ?? textIn(entry.replication_key) ?? valid;
}

function methodOf(entry: JsonObject, own: JsonObject): string | null {
  const said = [own["forced-replication-method"], own["replication-method"], entry.replication_method];
  return said.map(methodIn).find((method) => method !== null) ?? null;
}

/** Some taps put it into an object. */
function methodIn(said: Json | undefined): string | null {
  const text = isObject(said) ? said["replication-method"] : said;
  return textIn(text)?.toUpperCase() ?? null;
}

function textIn(value: Json | undefined): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

export const pathOf = (breadcrumb: readonly string[]): string => breadcrumb.join("\u001f");

function metadataIn({ metadata }: JsonObject): ReadonlyMap<string, JsonObject> {
  const entries = Array.isArray(metadata) ? (metadata as readonly Json[]) : [];
  return new Map(
    entries.flatMap((each): [string, JsonObject][] =>
      isObject(each) && isObject(each.metadata) ? [[pathOf(textsIn(each.breadcrumb)), each.metadata]] : [],
    ),
  );
}

/**
 * The catalog with one stream and some of its properties selected. Taps differ in what they take for chosen that nobody
 * chose or refused: so each stream and each property is told, in the manner of old taps, too.
 */
export function selected(streams: readonly TapStream[], streamId: string, fields: readonly string[]): Json {
  return { streams: streams.map((stream) => (stream.id === streamId ? chosen(stream, fields) : left(stream))) };
}

function left({ entry, schema, metadata }: TapStream): JsonObject {
  const all = new Map(metadata).set("", { ...metadata.get(""), selected: false });
  return { ...entry, schema: { ...schema, selected: false }, metadata: metadataOf(all) };
}

function chosen(stream: TapStream, fields: readonly string[]): JsonObject {
  const { entry, schema, method, replicationKey } = stream;
  const all = new Map(stream.metadata);
  all.set("", { ...all.get(""), selected: true, ...replication(stream) });
  for (const breadcrumb of propertiesIn(schema)) {
    const path = pathOf(breadcrumb);
    const said = all.get(path) ?? {};
    const isWanted = isNeeded(stream, breadcrumb[1] ?? "") || fields.includes(breadcrumb[1] ?? "");
    all.set(path, { ...said, selected: isWanted && said.inclusion !== "unsupported" });
  }
  return {
    ...{ ...entry, selected: true, schema: { ...schema, selected: true }, metadata: metadataOf(all) },
    ...(method === null ? {} : { replication_method: method }),
    ...(replicationKey === null ? {} : { replication_key: replicationKey }),
  };
}

function replication({ method, replicationKey }: TapStream): JsonObject {
  return {
    ...(method === null ? {} : { "replication-method": method }),
    ...(replicationKey === null ? {} : { "replication-key": replicationKey }),
  };
}

/** Without these records could not be told apart, or told to have changed. */
export function isNeeded({ keys, replicationKey, metadata }: TapStream, property: string): boolean {
  const isAutomatic = metadata.get(pathOf(["properties", property]))?.inclusion === "automatic";
  return isAutomatic || keys.includes(property) || replicationKey === property;
}

const DEEPEST = 8;

/** The paths of all properties, of properties of properties, too. */
function propertiesIn(schema: Json | undefined, at: readonly string[] = []): string[][] {
  if (!isObject(schema) || !isObject(schema.properties) || at.length >= 2 * DEEPEST) return [];
  return Object.entries(schema.properties).flatMap(([name, below]) => {
    const path = [...at, "properties", name];
    return [path, ...propertiesIn(below, path)];
  });
}

function metadataOf(all: ReadonlyMap<string, JsonObject>): Json {
  return [...all].map(([path, metadata]) => ({ breadcrumb: path === "" ? [] : path.split("\u001f"), metadata }));
}
