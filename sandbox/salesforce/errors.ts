/** How Salesforce refuses: an array of errors, also where there is one. */
import { type Manners, type Reply } from "../frame/stand-in";

export function refusal(status: number, errorCode: string, message: string): Reply {
  return { status, body: [{ message, errorCode }] };
}

export const nowhere = (): Reply => ({
  status: 404,
  body: [{ errorCode: "NOT_FOUND", message: "The requested resource does not exist" }],
});

export const tooLong = (): Reply => ({
  status: 414,
  type: "text/html",
  body: "<html><head><title>Error</title></head><body>URI Too Long</body></html>",
});

export const noSuchField = (soql: string, field: string, object: string): Reply => {
  const at = Math.max(0, soql.indexOf(field));
  return refusal(
    400,
    "INVALID_FIELD",
    `\n${soql.slice(0, 60)}\n${" ".repeat(Math.min(at, 59))}^\nERROR at Row:1:Column:${at + 1}\nNo such column '${field}' on entity '${object}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`,
  );
};

export const noSuchObject = (object: string): Reply =>
  refusal(
    400,
    "INVALID_TYPE",
    `\nSELECT Id FROM ${object}\n               ^\nERROR at Row:1:Column:16\nsObject type '${object}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.`,
  );

export const tookTooLong = (): Reply => refusal(400, "QUERY_TIMEOUT", "Your query request was running for too long.");

export interface Limits {
  /** What is refused is a matter of how many ask at once, not of the day. */
  isCrowded: boolean;
  /** Why a token is refused that is good: the connected app's settings. Null: they are in order. */
  notAttached: string | null;
}

export function salesforceManners(state: Limits): Manners {
  let used = 1_000;
  return {
    headers: () => ({ "Sforce-Limit-Info": `api-usage=${++used}/15000` }),
    throttled: () =>
      state.isCrowded
        ? refusal(403, "REQUEST_LIMIT_EXCEEDED", "ConcurrentRequests (Concurrent API Requests) Limit exceeded.")
        : refusal(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."),
    failed: () => refusal(503, "SERVER_UNAVAILABLE", "Too many requests waiting for connections"),
    unauthorised: () => refusal(401, "INVALID_SESSION_ID", state.notAttached ?? "Session expired or invalid"),
    forbidden: () => refusal(403, "API_DISABLED_FOR_ORG", "The REST API is not enabled for this Organization."),
  };
}
