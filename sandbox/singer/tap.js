/**
 * A Singer tap for trying things out: a program of its own that reads a file of members, as others read an API. What its
 * configuration or that file names under `trouble` goes wrong.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { once } from "node:events";

const options = {};
for (let at = 2; at < process.argv.length; at++) {
  const name = process.argv[at].slice(2);
  options[name] = name === "discover" ? true : process.argv[++at];
}

const read = (path) => JSON.parse(readFileSync(path, "utf8"));
const world = read(options.world);
const config = read(options.config);
const state = options.state ? read(options.state) : {};
const trouble = new Set([...String(config.trouble ?? "").split(/[\s,]+/), ...world.trouble]);

function critical(words) {
  process.stderr.write(`INFO begins\nCRITICAL ${words}\n`);
  process.exit(1);
}

if (config.api_key !== world.apiKey) critical(`401 Client Error: Unauthorized for key ${config.api_key}`);
if (trouble.has("expired")) critical(`401 Client Error: the token ${config.api_key} has expired`);

/** The refresh token is good once: the next one is written into the configuration, as taps do. */
if (trouble.has("rewrite")) {
  const path = `${options.world}.token`;
  const good = existsSync(path) ? readFileSync(path, "utf8") : "token-1";
  if ((config.refresh_token ?? "token-1") !== good) critical(`invalid_grant: ${config.refresh_token} was used before`);
  const next = `token-${Number(good.slice(6)) + 1}`;
  writeFileSync(path, next);
  writeFileSync(options.config, JSON.stringify({ ...config, refresh_token: next, renewed: true }));
}

const text = { type: ["null", "string"] };
const address = {
  type: ["null", "object"],
  properties: { street: text, city: text, postcode: text, country: text },
};
const schemas = {
  members: {
    id: { type: "integer" },
    given_name: text,
    family_name: text,
    email: text,
    phones: { type: "array", items: { type: "string" } },
    address,
    company: text,
    balance: { type: ["null", "number"] },
    inner_note: text,
    updated_at: { type: "string", format: "date-time" },
  },
  companies: { id: { type: "integer" }, name: text, phone: text },
  suppliers: { id: { type: "integer" }, name: text, phone: text },
};
const schemaOf = (name) => ({ type: "object", properties: schemas[name] });

/** Each in another manner, as taps have them. */
const catalog = {
  streams: [
    {
      tap_stream_id: "members",
      stream: "members",
      key_properties: ["id"],
      schema: schemaOf("members"),
      metadata: [
        { breadcrumb: [], metadata: { inclusion: "available", "valid-replication-keys": ["updated_at"] } },
        { breadcrumb: ["properties", "id"], metadata: { inclusion: "automatic" } },
        { breadcrumb: ["properties", "inner_note"], metadata: { "selected-by-default": false } },
      ],
    },
    {
      tap_stream_id: "companies",
      stream: "companies",
      key_properties: ["id"],
      schema: schemaOf("companies"),
      replication_method: "FULL_TABLE",
      metadata: [],
    },
    {
      tap_stream_id: "main-suppliers",
      stream: "suppliers",
      schema: schemaOf("suppliers"),
      metadata: [{ breadcrumb: [], metadata: { "table-key-properties": ["id"] } }],
    },
  ],
};

/** Waits where nobody reads. */
async function say(message) {
  const type = trouble.has("mixed-case") ? message.type.toLowerCase() : message.type;
  let line = JSON.stringify({ ...message, type });
  if (trouble.has("nan")) line = line.replace(/"balance":[-\d.]+/, '"balance":NaN');
  if (trouble.has("precise")) line = line.replace(/"balance":[-\d.]+/, '"balance":12345678901234567890.123456789');
  await write(line);
}

async function write(line) {
  if (!process.stdout.write(`${line}\n`)) await once(process.stdout, "drain");
}

/** Reading is possible for what is selected, stream and property by property. */
function selection() {
  const entries = read(options.catalog ?? options.properties).streams;
  const root = ({ metadata }) => metadata.find(({ breadcrumb }) => breadcrumb.length === 0)?.metadata ?? {};
  return entries
    .filter((entry) => root(entry).selected === true)
    .map(({ stream, metadata }) => {
      const said = (property) =>
        metadata.find(({ breadcrumb }) => breadcrumb.length === 2 && breadcrumb[1] === property)?.metadata ?? {};
      return { stream, properties: Object.keys(schemas[stream]).filter((name) => said(name).selected === true) };
    });
}

function* wanted(stream) {
  const since = state.bookmarks?.[stream]?.updated_at ?? "";
  const gone = world.gone.map(({ id, at }) => ({ id, updated_at: at, _sdc_deleted_at: at }));
  const all = stream === "members" ? [...world.members, ...gone] : world[stream];
  const sorted = stream === "members" ? all.sort((a, b) => (a.updated_at < b.updated_at ? -1 : 1)) : all;
  for (const record of sorted) if ((record.updated_at ?? "~") >= since) yield record;
  for (let id = 1; id <= Number(config.more ?? 0); id++) {
    yield {
      id: 1_000_000 + id,
      family_name: `Nobody ${id}`,
      company: "x".repeat(200),
      updated_at: "9999-01-01T00:00:00Z",
    };
  }
}

function only(record, properties) {
  const kept = properties.filter((name) => record[name] !== undefined).map((name) => [name, record[name]]);
  return {
    ...Object.fromEntries(kept),
    ...(record._sdc_deleted_at ? { _sdc_deleted_at: record._sdc_deleted_at } : {}),
  };
}

async function misbehave(said) {
  if (trouble.has("crash") && said === 60 && !options.state) critical(`lost the line, key ${config.api_key}`);
  if (trouble.has("crash-always") && said === 60) critical("lost the line");
  if (trouble.has("garbage")) await write("Warning: this library is old\nnull");
  if (trouble.has("unknown")) await say({ type: "HEARTBEAT", at: said });
  if (trouble.has("broken") && said === 3) await write('{"type": "RECORD", "stream": "members", "rec');
  if (trouble.has("huge") && said === 3) {
    const record = { id: 0, company: "y".repeat(20_000_000) };
    await say({ type: "RECORD", stream: "members", record });
  }
  if (trouble.has("batch") && said === 3) await say({ type: "BATCH", stream: "members", encoding: {}, manifest: [] });
  if (trouble.has("hang") && said === 3) {
    process.on("SIGTERM", () => {});
    await new Promise(() => setInterval(() => {}, 1_000));
  }
}

async function sync({ stream, properties }) {
  const schema = { type: "SCHEMA", stream, schema: schemaOf(stream), key_properties: ["id"] };
  if (!trouble.has("no-schema")) await say(schema);
  const version = Number(state.versions?.[stream] ?? 0) + 1;
  let said = 0;
  for (const record of wanted(stream)) {
    if (trouble.has("repeat-schema")) await say(schema);
    const more = stream === "suppliers" ? { version } : {};
    await say({ type: "RECORD", stream, record: only(record, properties), time_extracted: world.now, ...more });
    said++;
    if (stream === "members" && (trouble.has("state-between") || said % 25 === 0)) await bookmark(stream, record);
    await misbehave(said);
    if (stream === "members") last = record;
  }
  if (stream === "suppliers") await say({ type: "ACTIVATE_VERSION", stream, version });
  await bookmark(stream, last);
}

let last = null;

async function bookmark(stream, record) {
  const updated_at = record?.updated_at ?? state.bookmarks?.[stream]?.updated_at;
  const value = { bookmarks: { [stream]: updated_at === undefined ? {} : { updated_at } }, currently_syncing: stream };
  await say({ type: "STATE", value });
}

if (options.discover) await write(JSON.stringify(catalog, null, 2));
else for (const one of selection()) await sync(one);
