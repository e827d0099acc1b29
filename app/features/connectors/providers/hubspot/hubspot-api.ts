/** HubSpot's CRM through HubSpot's own client, its requests made by the connection: its retries and its limits stay out. */
import {
  type PublicObjectSearchRequest,
  type SimplePublicObject,
  type SimplePublicObjectWithAssociations,
} from "@hubspot/api-client/lib/codegen/crm/objects/index.js";
import { type Property } from "@hubspot/api-client/lib/codegen/crm/properties/index.js";
import { type Connection, GrantEnded, type Json, Throttled, type Trouble } from "~/features/connectors/connector";
import { answerOf, brokenOff, isObject, type Refusal, type Speaker } from "~/features/connectors/reading/answers";

export type CrmObject = SimplePublicObject | SimplePublicObjectWithAssociations;

/** Largest that it takes: of lists and batches, of searches. */
export const LIST_SIZE = 100;
export const SEARCH_SIZE = 200;

export interface ListQuestion {
  after: string | null;
  properties: string[];
  associations?: string[];
  archived?: boolean;
  limit?: number;
}

interface ObjectPage<Found> {
  results: Found[];
  /** Null: nothing comes after it. */
  after: string | null;
}

export interface HubSpotApi {
  list(type: string, question: ListQuestion): Promise<ObjectPage<SimplePublicObjectWithAssociations>>;
  search(type: string, question: PublicObjectSearchRequest): Promise<ObjectPage<SimplePublicObject>>;
  read(type: string, ids: readonly string[], properties: string[]): Promise<SimplePublicObject[]>;
  /** The companies that contacts belong to, by the ids of contacts. */
  companiesOf(contactIds: readonly string[]): Promise<Map<string, string[]>>;
  properties(type: string): Promise<Property[]>;
  /** What groups of properties are called. */
  groups(type: string): Promise<Map<string, string>>;
  /** When the last answer was given, by HubSpot's clock, in milliseconds since 1970. */
  answeredAt(): number;
}

/** The client is loaded when it is first used: whoever reads nothing from HubSpot does not wait for it. */
export async function hubspotApi(connection: Connection): Promise<HubSpotApi> {
  const [objects, definitions, associations] = await Promise.all([
    import("@hubspot/api-client/lib/codegen/crm/objects/index.js"),
    import("@hubspot/api-client/lib/codegen/crm/properties/index.js"),
    import("@hubspot/api-client/lib/codegen/crm/associations/v4/index.js"),
  ]);
  const sender = new Sender(connection);
  const crm = objects.createConfiguration(sender.over(objects));
  const [basic, searching, batch] = [new objects.BasicApi(crm), new objects.SearchApi(crm), new objects.BatchApi(crm)];
  const defined = definitions.createConfiguration(sender.over(definitions));
  const [core, grouping] = [new definitions.CoreApi(defined), new definitions.GroupsApi(defined)];
  const linked = new associations.BatchApi(associations.createConfiguration(sender.over(associations)));
  return {
    list: async (type, { after, properties, associations, archived = false, limit = LIST_SIZE }) =>
      pageOf(await told(basic.getPage(type, limit, after ?? undefined, properties, undefined, associations, archived))),
    search: async (type, question) => pageOf(await told(searching.doSearch(type, question))),
    read: async (type, ids, properties) => {
      const inputs = ids.map((id) => ({ id }));
      return resultsOf(await told(batch.read(type, { inputs, properties, propertiesWithHistory: [] })));
    },
    companiesOf: async (ids) => {
      const asked = linked.getPage("contacts", "companies", { inputs: ids.map((id) => ({ id })) });
      const found = resultsOf(await told(asked));
      return new Map(found.map(({ _from, to }) => [_from.id, to.map(({ toObjectId }) => String(toObjectId))]));
    },
    properties: async (type) => resultsOf(await told(core.getAll(type))),
    groups: async (type) => {
      const found = resultsOf(await told(grouping.getAll(type)));
      return new Map(found.map(({ name, label }) => [name, label]));
    },
    answeredAt: () => sender.answeredAt,
  };
}

interface Request {
  getUrl(): string;
  getHttpMethod(): string;
  getHeaders(): Record<string, string>;
  getBody(): unknown;
}

interface Body {
  text(): Promise<string>;
  binary(): Promise<Buffer>;
}

/** What each part of the client has of its own, all alike. */
interface Part<Context, Library, Server> {
  ResponseContext: new (status: number, headers: Record<string, string>, body: Body) => Context;
  ServerConfiguration: new (url: string, variables: Record<string, never>) => Server;
  wrapHttpLibrary(library: { send(request: Request): Promise<Context> }): Library;
}

/** Sends what the client has put together, with the connection's token and its limits of time and size. */
class Sender {
  answeredAt: number;

  constructor(private readonly connection: Connection) {
    this.answeredAt = Date.parse(connection.now());
  }

  over<Context, Library, Server>({
    ResponseContext,
    ServerConfiguration,
    wrapHttpLibrary,
  }: Part<Context, Library, Server>) {
    const send = async (request: Request): Promise<Context> => {
      const { status, text, headers } = await answerOf(this.connection, hubspot, request.getUrl(), {
        method: request.getHttpMethod(),
        headers: request.getHeaders(),
        body: request.getBody() as string | undefined,
      });
      const date = Date.parse(headers.get("date") ?? "");
      if (!Number.isNaN(date)) this.answeredAt = date;
      const body = { text: () => Promise.resolve(text), binary: () => Promise.resolve(Buffer.from(text)) };
      return new ResponseContext(status, { "content-type": "application/json" }, body);
    };
    const baseServer = new ServerConfiguration(this.connection.base("api"), {});
    return { baseServer, httpApi: wrapHttpLibrary({ send }) };
  }
}

/** What the client cannot make anything of is half an answer, or none of HubSpot's. */
async function told<Found>(asked: Promise<Found>): Promise<Found> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError)
      throw Object.assign(brokenOff(hubspot), { cause: error });
    throw error;
  }
}

function resultsOf<Found>({ results }: { results: Found[] }): Found[] {
  if (!Array.isArray(results)) throw brokenOff(hubspot);
  return results;
}

/** The last page has no `paging` at all. */
function pageOf<Found>(page: { results: Found[]; paging?: { next?: { after: string } } }): ObjectPage<Found> {
  return { results: resultsOf(page), after: page.paging?.next?.after ?? null };
}

export const hubspot: Speaker = {
  name: "HubSpot",
  troubleOf,
  wordsOf: (body) => textIn(body, "message"),
};

function textIn(body: Json, name: string): string | null {
  const text = isObject(body) ? body[name] : null;
  return typeof text === "string" ? text : null;
}

const HOUR_MS = 60 * 60 * 1000;

function troubleOf({ status, headers, body }: Refusal): Trouble | null {
  if (status === 403 && textIn(body, "category") === "MISSING_SCOPES") {
    return new GrantEnded(
      "HubSpot was not asked, or did not agree, to let contacts and companies be read. Connect again, as somebody who may agree to that.",
    );
  }
  if (status !== 429) return null;
  if (textIn(body, "policyName") === "DAILY") {
    return new Throttled("HubSpot allows no more requests today. It is tried again later.", HOUR_MS);
  }
  return new Throttled("HubSpot asks to be left in peace for a while.", waitOf(headers, textIn(body, "message")));
}

/** There is no `Retry-After`; a search refused says nothing but a sentence. */
function waitOf(headers: Headers, message: string | null): number | null {
  const interval = Number(headers.get("x-hubspot-ratelimit-interval-milliseconds"));
  if (interval > 0) return Math.min(interval, HOUR_MS);
  return message !== null && /\bsecondly\b/.test(message) ? 1_000 : null;
}
