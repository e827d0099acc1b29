/** Salesforce's REST API through jsforce, its requests made by the connection: its retries and its limits stay out. */
import { PassThrough } from "node:stream";
import { type DeletedResult, type DescribeSObjectResult, type HttpRequest, type HttpResponse } from "jsforce/lib/types";
import { type Connection, GrantEnded, OutOfOrder } from "~/features/connectors/connector";
import { answerOf, brokenOff } from "~/features/connectors/reading/answers";
import { salesforce } from "~/features/connectors/providers/salesforce/refusals";

const VERSION = "62.0";

/** A record as the API has it, without what it says of itself. */
export type Row = Readonly<Record<string, unknown>> & { Id: string };

export interface QueryPage {
  rows: Row[];
  /** How many there are, also behind this page. */
  total: number;
  isLast: boolean;
}

export interface SalesforceApi {
  /** A page of what was asked for. `all`: also what is in the recycle bin. */
  query(soql: string, options?: { all?: boolean }): Promise<QueryPage>;
  describe(type: string): Promise<DescribeSObjectResult>;
  /** What was deleted from then to then. */
  deleted(type: string, from: Date, until: Date): Promise<DeletedResult>;
  /** Those with these ids; null for who is not there any more. For more fields than an address can name. */
  retrieve(type: string, ids: readonly string[], fields: readonly string[]): Promise<(Row | null)[]>;
  /** When the last answer was given, by Salesforce's clock, in milliseconds since 1970. */
  answeredAt(): number;
}

/** Where the token answer said that the firm's data is. @throws GrantEnded */
export function instanceOf({ extras }: Connection): string {
  const { instance_url: address } = extras;
  if (typeof address !== "string" || !URL.canParse(address)) {
    throw new GrantEnded("Salesforce did not say where the firm’s data is. Connect it again.");
  }
  return new URL(address).origin;
}

/** The client is loaded when it is first used: whoever reads nothing from Salesforce does not wait for it. */
export async function salesforceApi(connection: Connection): Promise<SalesforceApi> {
  const [{ Connection: Client }, { Transport }, { StreamPromise }] = await Promise.all([
    import("jsforce/lib/connection.js"),
    import("jsforce/lib/transport.js"),
    import("jsforce/lib/util/promise.js"),
  ]);
  let answeredAt = Date.parse(connection.now());
  const instanceUrl = instanceOf(connection);

  async function send({ url, method, headers, body }: HttpRequest): Promise<HttpResponse> {
    const init = { method, headers, body: typeof body === "string" ? body : undefined };
    const answer = await answerOf(connection, salesforce, url, init);
    const date = Date.parse(answer.headers.get("date") ?? "");
    if (!Number.isNaN(date)) answeredAt = date;
    checkWhole(answer.text);
    return { statusCode: answer.status, headers: { "content-type": "application/json" }, body: answer.text };
  }

  class OurTransport extends Transport {
    override httpRequest(request: HttpRequest) {
      return StreamPromise.create(() => ({ stream: new PassThrough(), promise: send(request) }));
    }
  }

  // No token: the connection adds it, and knows where it may be sent.
  const client = new Client({ instanceUrl, version: VERSION, logLevel: "NONE" });
  client._transport = new OurTransport();
  return {
    query: async (soql, { all = false } = {}) => {
      const options = { autoFetch: false, maxFetch: Number.MAX_SAFE_INTEGER, scanAll: all };
      const { records, totalSize, done } = await told(client.query(soql, options));
      return { rows: rowsOf(records), total: totalSize, isLast: done };
    },
    describe: async (type) => {
      const found = await told(client.describe(type));
      if (!Array.isArray(found.fields)) throw brokenOff(salesforce);
      return found;
    },
    deleted: async (type, from, until) => {
      const found = await told(client.deleted(type, from, until));
      if (!Array.isArray(found.deletedRecords)) throw brokenOff(salesforce);
      return found;
    },
    retrieve: async (type, ids, fields) => {
      const found: unknown = await told(client.retrieve(type, [...ids], { fields: [...fields] }));
      if (!Array.isArray(found)) throw brokenOff(salesforce);
      return found.map((one: unknown) => (one === null ? null : (rowsOf([one])[0] ?? null)));
    },
    answeredAt: () => answeredAt,
  };
}

/** jsforce takes what it cannot read for a text and goes on. */
function checkWhole(text: string): void {
  try {
    JSON.parse(text);
  } catch (error) {
    throw Object.assign(brokenOff(salesforce), { cause: error });
  }
}

/** What the client cannot make anything of is half an answer, or none of Salesforce's. */
async function told<Found>(asked: PromiseLike<Found>): Promise<Found> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof TypeError) throw Object.assign(brokenOff(salesforce), { cause: error });
    throw error;
  }
}

function rowsOf(records: unknown): Row[] {
  if (!Array.isArray(records)) throw brokenOff(salesforce);
  return records.map((record: unknown) => {
    const { attributes: _itself, ...row } = record as Record<string, unknown>;
    if (typeof row.Id !== "string") throw new OutOfOrder("Salesforce sent a record without an id.");
    return row as Row;
  });
}
