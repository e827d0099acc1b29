/**
 * Microsoft Graph v1.0, asked by the connection itself: Microsoft's own client gives the token to https addresses only,
 * so that it would not speak to a stand-in.
 */
import {
  type Connection,
  CursorExpired,
  GrantEnded,
  type Json,
  type JsonObject,
  Trouble,
} from "~/features/connectors/connector";
import { isObject, objectOf, quoted, type Refusal, type Speaker } from "~/features/connectors/reading/answers";

/** What was asked for is not there, or not any more. */
export class NotThere extends Trouble {}

/** The request itself is no good. */
export class WrongRequest extends Trouble {}

const graph: Speaker = { name: "Microsoft", troubleOf, wordsOf: (body) => errorOf(body).message };

/** Contacts to a page: few enough for a short answer, many enough for few requests. */
export const PAGE_SIZE = 200;

/** By default a contact's id changes when it is moved to another folder: concepts/outlook-immutable-id.md */
const PREFER = `IdType="ImmutableId", odata.maxpagesize=${PAGE_SIZE}`;

/** @param path behind `/v1.0`, or a link from an answer */
export function askGraph(connection: Connection, path: string): Promise<JsonObject> {
  const address = path.startsWith("/") ? `${rootOf(connection)}${path}` : ownLink(connection, path);
  return objectOf(connection, graph, address, { headers: { accept: "application/json", prefer: PREFER } });
}

const rootOf = (connection: Connection) => `${connection.base("graph")}/v1.0`;

/** A link that leads elsewhere would carry the token there. */
function ownLink(connection: Connection, link: string): string {
  const [found, own] = [URL.canParse(link) ? new URL(link) : null, new URL(rootOf(connection))];
  if (found?.origin !== own.origin || !found.pathname.startsWith(`${own.pathname}/`)) {
    throw new Trouble(
      "Microsoft named an address for its next page that is not Microsoft’s. Nothing was read from it.",
    );
  }
  return link;
}

/** What stands under `value`, page by page. */
export function valuesOf(answer: JsonObject): JsonObject[] {
  const values = Array.isArray(answer.value) ? (answer.value as Json[]) : null;
  if (!values?.every(isObject)) throw new Trouble("Microsoft’s answer is no list. Nothing was read from it.");
  return values;
}

export function linkOf(answer: JsonObject, name: "nextLink" | "deltaLink"): string | null {
  const link = answer[`@odata.${name}`];
  return typeof link === "string" && link !== "" ? link : null;
}

function errorOf(body: Json): { code: string; message: string | null } {
  const error = isObject(body) ? body.error : null;
  if (!isObject(error)) return { code: "", message: null };
  const { code, message } = error;
  return { code: typeof code === "string" ? code : "", message: typeof message === "string" ? message : null };
}

/** Codes are written one way in the documents and another in answers. */
const wornOut = /^(?:syncstatenotfound|syncstateinvalid|resyncrequired)$/i;
const noMailbox = /^mailbox(?:notenabled|notsupported)forrestapi$/i;

function troubleOf({ status, body }: Refusal): Trouble | null {
  const { code, message } = errorOf(body);
  if (status === 410 || wornOut.test(code)) {
    return new CursorExpired("Microsoft has forgotten what was read before, so everything is read once more.");
  }
  if (noMailbox.test(code)) {
    return new Trouble("This Microsoft account has no mailbox, and so no contacts. Connect one that has.");
  }
  if (status === 404) return new NotThere(`Microsoft does not find what it was asked for${quoted(message)}`);
  if (status === 400) return new WrongRequest(`Microsoft refused what it was asked for${quoted(message)}`);
  if (status !== 403) return null;
  return new GrantEnded(
    "Microsoft was not asked, or did not agree, to let contacts be read. Connect again, or let an administrator of the organisation agree.",
  );
}
