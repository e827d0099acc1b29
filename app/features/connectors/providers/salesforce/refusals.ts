/** What Salesforce means when it refuses: an array of errors, each with a code and a sentence. */
import { type Json, OutOfOrder, Throttled, Trouble } from "~/features/connectors/connector";
import { isObject, quoted, type Refusal, type Speaker } from "~/features/connectors/reading/answers";

/** A question took Salesforce too long: a smaller one may do. */
export class QueryTimeout extends OutOfOrder {
  constructor() {
    super("Salesforce took too long to find what has changed. It is tried again by itself.");
  }
}

/** What was deleted in so long a time, or so much, is not told any more. */
export class DeletionsForgotten extends Trouble {}

export const salesforce: Speaker = { name: "Salesforce", troubleOf, wordsOf: (body) => errorOf(body).message };

interface SalesforceError {
  code: string;
  message: string;
}

/** The first one; OAuth's are no array, and have other names. */
function errorOf(body: Json): SalesforceError {
  const error: Json | undefined = Array.isArray(body) ? (body as Json[])[0] : body;
  const { errorCode, message } = isObject(error) ? error : {};
  return {
    code: typeof errorCode === "string" ? errorCode : "",
    message: typeof message === "string" ? message : "",
  };
}

/** Refusals with status 401 that another token would meet, too. */
const notOfTheToken = [
  "This session is not valid for use with the REST API",
  "Connected app is not attached to Agent",
] as const;

/** @param body of an answer with status 401 */
export function isOfTheToken(body: string): boolean {
  return !notOfTheToken.some((words) => body.includes(words));
}

const HOUR_MS = 60 * 60 * 1000;

function throttled(message: string): Trouble {
  if (/concurrent/i.test(message)) return new Throttled("Salesforce is asked too much at once by this firm.", 30_000);
  return new Throttled("Salesforce allows this firm no more requests today. It is tried again later.", HOUR_MS);
}

const fieldsChanged = (words: string) =>
  new Trouble(
    `A field that was chosen is not there any more, or whoever connected Salesforce may not see it. Choose the fields again. Salesforce says: “${words}”`,
  );

const byCode: Readonly<Record<string, (message: string) => Trouble>> = {
  REQUEST_LIMIT_EXCEEDED: throttled,
  QUERY_TIMEOUT: () => new QueryTimeout(),
  INVALID_FIELD: (message) => fieldsChanged(firstLine(message)),
  INVALID_TYPE: (message) =>
    new Trouble(
      `Whoever connected Salesforce may not see these records there. Connect it as somebody who may, or do not read them. Salesforce says: “${firstLine(message)}”`,
    ),
  API_DISABLED_FOR_ORG: () =>
    new Trouble(
      "This edition of Salesforce, or whoever connected it, may not use its API. Ask whoever looks after the firm’s Salesforce for “API Enabled”.",
    ),
  INVALID_REPLICATION_DATE: () => new DeletionsForgotten("Salesforce tells no deletions of so long ago."),
  EXCEEDED_ID_LIMIT: () => new DeletionsForgotten("Salesforce tells no more deletions than 600,000 at once."),
};

/** Sentences about queries show the query itself, with a line that points into it. */
function firstLine(message: string): string {
  const lines = message.split("\n").map((line) => line.trim());
  const at = lines.findIndex((line) => line.startsWith("ERROR at Row"));
  return (lines[at + 1] ?? "").slice(0, 200);
}

function troubleOf({ status, body }: Refusal): Trouble | null {
  const { code, message } = errorOf(body);
  if (status === 401 && !isOfTheToken(message)) {
    return new Trouble(
      `Salesforce does not let this connection use its API. Whoever looks after the firm’s Salesforce can allow it in the settings of the connected app. Salesforce says${quoted(message)}`,
    );
  }
  return byCode[code]?.(message) ?? null;
}
