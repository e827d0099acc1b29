/** A connection to a stand-in, and what a provider reads over it: for tests of providers, without an engine around them. */
import { contactReader } from "~/features/contacts/subject/contact-subject-reader";
import {
  type Connection,
  GrantEnded,
  type JsonObject,
  OutOfOrder,
  type Page,
  type Provider,
  type Reading,
  type SourceField,
  type SourceRecord,
} from "~/features/connectors/connector";
import { mapRow } from "~/features/pipeline/stages/map";

interface Given {
  /** By the provider's names. */
  bases: Readonly<Record<string, string>>;
  token?: string;
  /** What a refused token is renewed to; absent: the agreement has ended. */
  renewed?: string;
  settings?: Connection["settings"];
  secrets?: Connection["secrets"];
  extras?: Connection["extras"];
  timeoutMs?: number;
  mostBytes?: number;
}

export interface TestConnection extends Connection {
  /** Stops it in the middle of whatever it does. */
  stop(): void;
  /** Secrets that were handed back, the first first. */
  kept: readonly Connection["secrets"][];
}

export function connectTo({ bases, token = "token-of-today", renewed, ...given }: Given): TestConnection {
  const stopping = new AbortController();
  const { timeoutMs = 10_000, mostBytes = 10_000_000 } = given;
  let current = token;
  const kept: Connection["secrets"][] = [];
  const secrets = { ...given.secrets };

  async function fetchOnce(address: string, init: RequestInit = {}, isTold = true): Promise<Response> {
    const headers = new Headers(init.headers);
    // Whoever is reached by a key says it themselves.
    if (isTold && !headers.has("authorization")) headers.set("authorization", `Bearer ${current}`);
    const ending = new AbortController();
    const end = () => ending.abort(stopping.signal.reason ?? new Error("It took too long."));
    stopping.signal.addEventListener("abort", end);
    if (stopping.signal.aborted) end();
    // Not `AbortSignal.timeout` among others: nobody holds on to it then, and Node 20 sweeps it away before its time.
    const timer = setTimeout(end, timeoutMs);
    try {
      const response = await fetch(address, { ...init, headers, signal: ending.signal, redirect: "error" });
      return new Response(await bodyOf(response, mostBytes), response);
    } finally {
      clearTimeout(timer);
      stopping.signal.removeEventListener("abort", end);
    }
  }

  return {
    settings: given.settings ?? {},
    secrets,
    extras: given.extras ?? {},
    base: (name) => {
      const found = bases[name];
      if (found === undefined) throw new Error(`Nobody has said where ${name} is.`);
      return found;
    },
    fetch: async (address, init) => {
      const response = await fetchOnce(address, init);
      if (response.status !== 401 || renewed === undefined || current === renewed) return response;
      await response.body?.cancel();
      current = renewed;
      return fetchOnce(address, init);
    },
    fetchElsewhere: (address, init) => fetchOnce(address, init, false),
    keep: (changed) => {
      kept.push(changed);
      Object.assign(secrets, changed);
      return Promise.resolve();
    },
    kept,
    token: () => (current ? Promise.resolve(current) : Promise.reject(new GrantEnded("There is no token."))),
    now: () => new Date().toISOString(),
    signal: stopping.signal,
    stop: () => stopping.abort(new Error("Stopped.")),
  };
}

async function bodyOf({ body }: Response, mostBytes: number): Promise<Buffer<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  const reader = body?.getReader();
  for (let seen = 0; reader;) {
    const { done, value } = await reader.read();
    if (done) break;
    seen += value.length;
    if (seen > mostBytes) {
      await reader.cancel();
      throw new OutOfOrder("The answer is larger than any answer should be.");
    }
    pieces.push(value);
  }
  return Buffer.concat(pieces);
}

export interface WholeReading {
  pages: Page[];
  records: SourceRecord[];
  changesFrom: Page["changesFrom"];
}

type Asked = Pick<Reading, "fields"> & Partial<Reading>;

const whole = { kind: "whole", start: null } as const;

/** Every page of a reading. */
export async function readAll(provider: Provider, connection: Connection, asked: Asked): Promise<WholeReading> {
  const pages: Page[] = [];
  const streamId = provider.streams[0]?.id ?? "";
  for await (const page of provider.read(connection, { streamId, how: whole, after: null, ...asked })) pages.push(page);
  return { pages, records: pages.flatMap(({ records }) => records), changesFrom: pages.at(-1)?.changesFrom };
}

/** Taken up anew behind each page, as after so many deaths. */
export async function readInPieces(provider: Provider, connection: Connection, asked: Asked): Promise<WholeReading> {
  const pages: Page[] = [];
  const streamId = provider.streams[0]?.id ?? "";
  let after: Reading["after"] = null;
  do {
    for await (const page of provider.read(connection, { streamId, how: whole, ...asked, after })) {
      // Through JSON, as the database keeps it.
      pages.push(JSON.parse(JSON.stringify(page)) as Page);
      break;
    }
    after = pages.at(-1)?.after ?? null;
  } while (after !== null);
  return { pages, records: pages.flatMap(({ records }) => records), changesFrom: pages.at(-1)?.changesFrom };
}

export const isThere = (record: SourceRecord): record is Extract<SourceRecord, { payload: JsonObject }> =>
  "payload" in record;

/** What the reader of contacts makes of a payload, its columns mapped as the provider's own documents say. */
export function contactOf(
  provider: Provider,
  payload: JsonObject,
  {
    fields,
    streamId = "contacts",
    phoneCountry = "GB",
  }: { fields: SourceField[]; streamId?: string; phoneCountry?: string },
) {
  const constants = provider.streams.find(({ id }) => id === streamId)?.constants ?? {};
  const columns = [
    ...fields.flatMap((field) => field.columns),
    ...Object.keys(constants).map((id) => ({ id, label: id, goesTo: id })),
  ];
  const cells = new Map([...provider.cellsOf(streamId, payload), ...Object.entries(constants)]);
  const unknown = [...cells.keys()].filter((id) => !columns.some((column) => column.id === id));
  const mapping = columns.map(({ goesTo = "" }) => goesTo);
  const mapped = mapRow(
    columns.map(({ id }) => cells.get(id) ?? ""),
    { columns: columns.map(({ label }) => label), fields: mapping },
  );
  const reader = contactReader({ phoneCountry, locale: "en-GB", today: "2026-11-22", mapping });
  const refusals = reader.validate(mapped);
  if (refusals.length > 0) return { refusals, unknown };
  return { ...reader.normalise(mapped), unknown };
}
