/**
 * Odoo's own API: JSON-RPC until version 18, JSON-2 from version 19 on. The key goes along with each request: over
 * JSON-RPC within its body, so that a body is never shown or written down.
 */
import { type Connection, type Json, type JsonObject, OutOfOrder, Trouble } from "~/features/connectors/connector";
import { brokenOff, isObject, objectOf, answerOf } from "~/features/connectors/reading/answers";
import { keyRefused, NotThere, odoo, rpcTrouble } from "~/features/connectors/providers/odoo/refusals";
import { type Server, serverOf } from "~/features/connectors/providers/odoo/server-settings";

/** As Odoo has them: conditions and the signs between them, in Polish notation. */
export type Domain = readonly (string | readonly [string, string, Json])[];

export type Row = JsonObject & { readonly id: number };

export interface Question {
  domain: Domain;
  fields: readonly string[];
  limit?: number;
  order?: string;
}

export interface OdooApi {
  read(model: string, question: Question): Promise<Row[]>;
  /** Ids only. */
  search(model: string, question: Omit<Question, "fields">): Promise<number[]>;
  count(model: string, domain: Domain): Promise<number>;
  /** What fields there are, by name. */
  fields(model: string): Promise<ReadonlyMap<string, FieldFacts>>;
  /** When the last answer was given, by Odoo's clock, in milliseconds since 1970. */
  answeredAt(): number;
}

export interface FieldFacts {
  label: string;
  type: string;
  isStored: boolean;
  relation: string | null;
}

type Call = (model: string, method: string, args: JsonObject) => Promise<Json>;

const FIRST_WITH_JSON2 = 19;
/** Archived records are left out by what is asked for, and not in silence. */
const context = { active_test: false };

export async function odooApi(connection: Connection): Promise<OdooApi> {
  const speaking = new Speaking(connection);
  const version = await versionOf(speaking);
  const call = version >= FIRST_WITH_JSON2 ? json2(speaking) : await jsonRpc(speaking);
  return {
    read: async (model, question) => rowsOf(await call(model, "search_read", { ...question, context } as JsonObject)),
    search: async (model, question) => {
      const ids = await call(model, "search", { ...question, context } as JsonObject);
      if (!Array.isArray(ids)) throw brokenOff(odoo);
      return (ids as Json[]).filter((id): id is number => typeof id === "number");
    },
    count: async (model, domain) => {
      const count = await call(model, "search_count", { domain: domain as Json, context });
      if (typeof count !== "number") throw brokenOff(odoo);
      return count;
    },
    fields: async (model) => {
      const attributes = ["string", "type", "relation", "store"];
      const found = await call(model, "fields_get", { allfields: [], attributes, context });
      if (!isObject(found)) throw brokenOff(odoo);
      return new Map(Object.entries(found).map(([name, facts]) => [name, factsOf(name, facts)]));
    },
    answeredAt: () => speaking.answeredAt,
  };
}

function rowsOf(found: Json): Row[] {
  if (!Array.isArray(found)) throw brokenOff(odoo);
  return (found as Json[]).map((row) => {
    if (!isObject(row) || typeof row.id !== "number") throw new OutOfOrder("Odoo sent a record without an id.");
    return row as Row;
  });
}

function factsOf(name: string, facts: Json): FieldFacts {
  const { string: label, type, store, relation } = isObject(facts) ? facts : {};
  return {
    label: typeof label === "string" && label !== "" ? label : name,
    type: typeof type === "string" ? type : "",
    isStored: store !== false,
    relation: typeof relation === "string" ? relation : null,
  };
}

/** Sends and reads JSON, and looks at the clock. */
class Speaking {
  readonly server: Server;
  readonly key: string;
  answeredAt: number;
  private rpcId = 0;

  constructor(private readonly connection: Connection) {
    this.server = serverOf(connection.settings);
    this.key = connection.secrets.key ?? "";
    this.answeredAt = Date.parse(connection.now());
  }

  async post(path: string, body: JsonObject, headers: Record<string, string> = {}): Promise<Json> {
    const answer = await answerOf(this.connection, odoo, this.server.address + path, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
    const date = Date.parse(answer.headers.get("date") ?? "");
    if (!Number.isNaN(date)) this.answeredAt = date;
    try {
      return JSON.parse(answer.text) as Json;
    } catch (error) {
      throw Object.assign(brokenOff(odoo), { cause: error });
    }
  }

  get(path: string): Promise<JsonObject> {
    return objectOf(this.connection, odoo, this.server.address + path);
  }

  /** @throws Trouble also where the answer has status 200 */
  async rpc(service: string, method: string, args: Json[]): Promise<Json> {
    const params = { service, method, args };
    const answer = await this.post("/jsonrpc", { jsonrpc: "2.0", method: "call", params, id: ++this.rpcId });
    if (!isObject(answer)) throw brokenOff(odoo);
    if (answer.error !== undefined) throw rpcTrouble(answer.error);
    if (answer.result === undefined) throw brokenOff(odoo);
    return answer.result;
  }
}

/** The number before the first dot; at odoo.com it may be called "saas~17". */
async function versionOf(speaking: Speaking): Promise<number> {
  const info = await versionInfo(speaking);
  const [first] = Array.isArray(info) ? (info as Json[]) : [];
  const [, number] = /(\d+)/.exec(String(first ?? "")) ?? [];
  if (number === undefined) throw noOdoo();
  return Number(number);
}

/** Newer ones may have no JSON-RPC any more; older ones know no other way to ask. */
async function versionInfo(speaking: Speaking): Promise<Json | undefined> {
  try {
    const version = await speaking.rpc("common", "version", []);
    return isObject(version) ? version.server_version_info : undefined;
  } catch (error) {
    if (!(error instanceof NotThere)) throw error;
  }
  try {
    return (await speaking.get("/web/version")).version_info;
  } catch (error) {
    throw error instanceof NotThere ? noOdoo() : error;
  }
}

function noOdoo(): Trouble {
  return new Trouble("There is no Odoo at this address. Take the address that you see when you are signed in to it.");
}

function json2(speaking: Speaking): Call {
  const { database } = speaking.server;
  const headers = {
    authorization: `bearer ${speaking.key}`,
    ...(database === "" ? {} : { "x-odoo-database": database }),
  };
  return (model, method, args) => speaking.post(`/json/2/${model}/${method}`, args, headers);
}

async function jsonRpc(speaking: Speaking): Promise<Call> {
  const { server, key } = speaking;
  if (server.user === "") {
    throw new Trouble(
      "This Odoo is older than version 19, so it has to be told the user, too. Enter it in the settings.",
    );
  }
  // Who cannot sign in gets no error, but `false`.
  const uid = await speaking.rpc("common", "authenticate", [server.database, server.user, key, {}]);
  if (typeof uid !== "number") throw keyRefused();
  return (model, method, args) =>
    speaking.rpc("object", "execute_kw", [server.database, uid, key, model, method, [], args]);
}
