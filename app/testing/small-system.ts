/**
 * A small system that a firm might use, in memory: people and the companies they work for, read page by page, by what
 * changed since, with deletes, merges and whatever trouble a test wants.
 */
import {
  type Connection,
  type JsonObject,
  type Link,
  type Page,
  type Provider,
  type Reading,
  type SourceField,
  type SourceRecord,
} from "~/features/connectors/connector";
import { openSecrets } from "~/features/connectors/access/secrets.server";
import { findConnector } from "~/features/connectors/find-connector.server";
import { type Doors } from "~/features/connectors/runs/doors";

export type Facts = JsonObject;

interface Entry {
  seq: number;
  payload: JsonObject;
  changedAt: string;
  formerIds?: readonly string[];
}

/** Called before a page is sent, and with number 0 before it says what there is to choose: throws where there is to be trouble. */
type Trouble = (page: { number: number; streamId: string; kind: "whole" | "changes" }) => void;

export interface SmallSystem {
  doors: Doors;
  provider: Provider;
  /** Writes a record, as somebody there would. */
  put(streamId: string, id: string, payload: Facts, changedAt?: string): void;
  /** The same record under another name. */
  rename(streamId: string, id: string, to: string): void;
  remove(streamId: string, id: string, into?: string): void;
  empty(streamId: string): void;
  trouble: Trouble;
  pageSize: number;
  /** In which order a whole reading shows records. */
  order: (ids: string[]) => string[];
  /** Whether it says how many there are; else how many it says. */
  count: boolean | number;
  /** Changes from before this are forgotten. */
  knownSince: number;
  /** How many pages were asked for. */
  asked: number;
  /** What can be chosen of it, by stream. */
  offers: Record<string, SourceField[]>;
}

const words = { people: { one: "person", many: "people" }, companies: { one: "company", many: "companies" } };

/** `more`: further streams that say of people what companies say of themselves. */
export function smallSystem({ more = [] }: { more?: readonly string[] } = {}): SmallSystem {
  let seq = 0;
  const records = new Map(["people", "companies", ...more].map((stream) => [stream, new Map<string, Entry>()]));
  const gone: { streamId: string; seq: number; record: Extract<SourceRecord, { gone: string }> }[] = [];
  const of = (streamId: string) => records.get(streamId) as Map<string, Entry>;

  const system: SmallSystem = {
    doors: {} as Doors,
    provider: {} as Provider,
    put(streamId, id, payload, changedAt) {
      seq += 1;
      const { formerIds } = of(streamId).get(id) ?? {};
      const at = changedAt ?? new Date(Date.UTC(2026, 3, 1, 8, 0, seq)).toISOString();
      of(streamId).set(id, { seq, payload, changedAt: at, ...(formerIds ? { formerIds } : {}) });
    },
    rename(streamId, id, to) {
      const entry = of(streamId).get(id);
      if (!entry) throw new Error(`There is no ${id}`);
      seq += 1;
      of(streamId).delete(id);
      of(streamId).set(to, { ...entry, seq, formerIds: [...(entry.formerIds ?? []), id] });
    },
    remove(streamId, id, into) {
      seq += 1;
      of(streamId).delete(id);
      const record = into === undefined ? ({ id, gone: "deleted" } as const) : ({ id, gone: "merged", into } as const);
      gone.push({ streamId, seq, record });
    },
    empty: (streamId) => of(streamId).clear(),
    trouble: () => {},
    pageSize: 3,
    order: (ids) => ids,
    count: true,
    knownSince: 0,
    asked: 0,
    offers: offersOfIt(),
  };

  async function* read(connection: Connection, { streamId, how, after }: Reading): AsyncGenerator<Page> {
    const found = how.kind === "whole" ? whole(streamId) : since(streamId, Number(how.since));
    const start = after === null ? 0 : (after as { at: number }).at;
    const until = after === null ? seq : (after as { until: number }).until;
    for (let at = start; ; at += system.pageSize) {
      // As from a network: nothing is there at once.
      await new Promise((resolve) => setImmediate(resolve));
      connection.signal.throwIfAborted();
      system.asked += 1;
      system.trouble({ number: at / system.pageSize + 1, streamId, kind: how.kind });
      const some = found.slice(at, at + system.pageSize);
      const isLast = at + system.pageSize >= found.length;
      const more = how.kind === "whole" ? saidOf(found.length) : {};
      if (isLast) return yield { records: some, after: null, changesFrom: until, ...more };
      yield { records: some, after: { at: at + system.pageSize, until }, ...more };
    }
  }

  function saidOf(length: number): Pick<Page, "count"> {
    if (system.count === false) return {};
    return { count: system.count === true ? length : system.count };
  }

  function whole(streamId: string): SourceRecord[] {
    return system.order([...of(streamId).keys()]).map((id) => live(streamId, id));
  }

  function since(streamId: string, from: number): SourceRecord[] {
    const changed = [...of(streamId)].filter(([, entry]) => entry.seq > from);
    const told = changed.map(([id, entry]) => ({ seq: entry.seq, record: live(streamId, id) }));
    const left = gone.filter((one) => one.streamId === streamId && one.seq > from);
    return [...told, ...left].sort((a, b) => a.seq - b.seq).map(({ record }) => record);
  }

  function live(streamId: string, id: string): SourceRecord {
    const { payload, changedAt, formerIds } = of(streamId).get(id) as Entry;
    return { id, payload, changedAt, ...(formerIds ? { formerIds } : {}) };
  }

  system.provider = {
    ...{ id: "small", name: "Small Ledger", category: "contacts", reads: "People and companies.", needs: "Nothing." },
    access: { kind: "key" },
    streams: [
      { id: "people", noun: words.people, subject: "contacts", changes: true, wholeTellsGone: true, hasStart: true },
      {
        ...{ id: "companies", noun: words.companies, subject: "contacts", constants: { kind: "business" } },
        ...{ changes: true, wholeTellsGone: true, hasStart: false },
      },
      ...more.map((id) => ({
        ...{ id, noun: words.people, subject: "contacts" },
        ...{ changes: true, wholeTellsGone: true, hasStart: false },
      })),
    ],
    whose: () => Promise.resolve(null),
    test: () => Promise.resolve(),
    discover: (_connection, streamId) => {
      system.trouble({ number: 0, streamId, kind: "whole" });
      return Promise.resolve(system.offers[streamId] ?? []);
    },
    read,
    cellsOf,
    linksOf,
  };
  system.doors = {
    providers: new Map([["small", system.provider]]),
    connect: async (scope, connectorId, signal) => {
      // As the real doors do: a scope whose transaction is over leads nowhere.
      const connector = await findConnector(scope, connectorId);
      const secrets = connector ? openSecrets(scope, connector) : {};
      return { ...connectionTo(() => scope.clock.now(), signal), secrets };
    },
  };
  return system;
}

/** To a system that lies in memory: nothing is fetched, and nobody has to be let in. */
export function connectionTo(now: () => string, signal: AbortSignal): Connection {
  return {
    ...{ settings: {}, secrets: {}, extras: {}, base: () => "", now, signal },
    fetch: () => Promise.reject(new Error("Nothing is fetched")),
    fetchElsewhere: () => Promise.reject(new Error("Nothing is fetched")),
    keep: () => Promise.reject(new Error("There are no secrets")),
    token: () => Promise.reject(new Error("There is no token")),
  };
}

function offersOfIt(): Record<string, SourceField[]> {
  const field = (id: string, label: string, group: string, goesTo?: string, more: Partial<SourceField> = {}) => ({
    ...{ id, label, group, usual: goesTo !== undefined },
    columns: [{ id, label, ...(goesTo ? { goesTo } : {}) }],
    ...more,
  });
  return {
    people: [
      field("given", "First name", "Who they are", "givenName", { always: true }),
      field("family", "Last name", "Who they are", "familyName"),
      field("email", "Email", "How to reach them", "email"),
      field("mobile", "Cell", "How to reach them"),
      field("notes", "Remarks", "Other"),
      field("optOut", "Opted out", "Other", "noEmail"),
      field("worksFor", "Works for", "Other", undefined, { usual: true, columns: [] }),
    ],
    companies: [
      field("name", "Company name", "Who they are", "company", { always: true }),
      field("phone", "Switchboard", "How to reach them"),
    ],
  };
}

/** Each of its fields holds one text, but for whom somebody works for. */
const columnsOf: Record<string, readonly string[]> = {
  people: ["given", "family", "email", "mobile", "notes", "optOut"],
  companies: ["name", "phone"],
};

function cellsOf(streamId: string, payload: JsonObject): ReadonlyMap<string, string> {
  const cells = (columnsOf[streamId] ?? columnsOf.companies ?? []).map((id) => [id, payload[id]] as const);
  return new Map(cells.filter((cell): cell is [string, string] => typeof cell[1] === "string" && cell[1] !== ""));
}

function linksOf(streamId: string, payload: JsonObject): readonly Link[] {
  const { worksFor } = payload;
  return streamId === "people" && typeof worksFor === "string"
    ? [{ type: "works-for", streamId: "companies", id: worksFor }]
    : [];
}
