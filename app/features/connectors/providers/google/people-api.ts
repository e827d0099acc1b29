/** Google's People API v1 through Google's own client, its requests made by the connection. */
import { type people_v1 } from "@googleapis/people";
import { type Connection, GrantEnded, type Json, Throttled, Trouble } from "~/features/connectors/connector";
import {
  answerOf,
  brokenOff,
  isObject,
  quoted,
  type Refusal,
  type Speaker,
} from "~/features/connectors/reading/answers";

export type Person = people_v1.Schema$Person;
export type ConnectionsPage = people_v1.Schema$ListConnectionsResponse;

/** Largest that it takes. */
export const PAGE_SIZE = 1_000;

/** What a request says that it cannot be answered: its cursor is worn out, or of another selection of fields. */
export class WrongRequest extends Trouble {}

const google: Speaker = { name: "Google", troubleOf, wordsOf: messageOf };

export interface PeopleApi {
  connections(asked: people_v1.Params$Resource$People$Connections$List): Promise<ConnectionsPage>;
  groups(asked: people_v1.Params$Resource$Contactgroups$List): Promise<people_v1.Schema$ListContactGroupsResponse>;
  /** The account itself. */
  me(personFields: string): Promise<Person>;
}

/** The client is loaded when it is first used: whoever reads nothing from Google does not wait for it. */
export async function peopleApi(connection: Connection): Promise<PeopleApi> {
  const { people } = await import("@googleapis/people");
  const api = people({
    version: "v1",
    rootUrl: `${connection.base("people")}/`,
    responseType: "json",
    // What to do about trouble is the engine's to say.
    retry: false,
    fetchImplementation: (address, init) => fetched(connection, String(address), init),
  });
  return {
    connections: (asked) => dataOf(api.people.connections.list(asked)),
    groups: (asked) => dataOf(api.contactGroups.list(asked)),
    me: (personFields) => dataOf(api.people.get({ resourceName: "people/me", personFields })),
  };
}

/** With the connection's limits of time and size, and its token. */
async function fetched(connection: Connection, address: string, init?: RequestInit): Promise<Response> {
  const headers = new Headers(init?.headers);
  const { text, headers: answered } = await answerOf(connection, google, address, { method: init?.method, headers });
  return new Response(text, { headers: { "content-type": answered.get("content-type") ?? "" } });
}

async function dataOf<Data extends object>(request: Promise<{ data: Data | string }>): Promise<Data> {
  const { data } = await request.catch((error: unknown) => {
    // The client wraps whatever fails.
    throw error instanceof Error && error.cause instanceof Error ? error.cause : error;
  });
  // What is no JSON it hands over as it is.
  if (typeof data !== "object" || data === null) throw brokenOff(google);
  return data;
}

interface Status {
  message: string | null;
  /** `reason` of its ErrorInfo, e.g. EXPIRED_SYNC_TOKEN. */
  reasons: string[];
}

/** The envelope of google.rpc.Status. */
function statusOf(body: Json): Status {
  const error = isObject(body) ? body.error : null;
  if (!isObject(error)) return { message: null, reasons: [] };
  const details = Array.isArray(error.details) ? (error.details as Json[]) : [];
  return {
    message: typeof error.message === "string" ? error.message : null,
    reasons: details.flatMap((detail) =>
      isObject(detail) && typeof detail.reason === "string" ? [detail.reason] : [],
    ),
  };
}

function messageOf(body: Json): string | null {
  return statusOf(body).message;
}

/** A 403 may mean three things, told by its reason. */
function troubleOf({ status, body }: Refusal): Trouble | null {
  const { message, reasons } = statusOf(body);
  // 410 is what older texts say of a worn-out cursor.
  if (status === 400 || status === 410)
    return new WrongRequest(`Google refused what it was asked for${quoted(message)}`);
  if (status !== 403) return null;
  if (reasons.includes("SERVICE_DISABLED")) {
    return new Trouble(
      "The People API is not switched on for the project that this installation uses at Google. Whoever looks after the installation can switch it on in the Google Cloud console, under “APIs & services”.",
    );
  }
  if (reasons.includes("RATE_LIMIT_EXCEEDED"))
    return new Throttled("Google asks to be left in peace for a while.", null);
  return new GrantEnded(
    "Google was not asked, or did not agree, to let contacts be read. Connect again and leave the box for contacts ticked.",
  );
}
