/** How Microsoft Graph refuses. */
import { randomUUID } from "node:crypto";
import { type Manners, type Reply } from "../frame/stand-in";

export function refusal(status: number, code: string, message: string, headers?: Record<string, string>): Reply {
  const id = randomUUID();
  const innerError = { date: new Date().toISOString().slice(0, 19), "request-id": id, "client-request-id": id };
  return { status, headers, body: { error: { code, message, innerError } } };
}

export const notFound = () => refusal(404, "ErrorItemNotFound", "The specified object was not found in the store.");

export const noMailbox = () =>
  refusal(404, "MailboxNotEnabledForRESTAPI", "REST API is not yet supported for this mailbox.");

export const badLink = () =>
  refusal(400, "ErrorInvalidUrlQuery", "The query parameter '$skiptoken' or '$deltatoken' is invalid.");

/** As recorded. */
export const syncStateNotFound = (generation: number) =>
  refusal(
    410,
    "SyncStateNotFound",
    `The sync state generation is not found; generation=${generation};[highest=841][841][839][840].`,
  );

export const nowhere = ({ path }: { path: string }) =>
  refusal(400, "BadRequest", `Resource not found for the segment '${path.split("/").at(-1) ?? ""}'.`);

export function microsoftManners(): Manners {
  let throttled = 0;
  return {
    // One in three was recorded to say nothing but its status.
    throttled: () =>
      ++throttled % 3 === 0
        ? refusal(429, "UnknownError", "", { "Retry-After": "7" })
        : refusal(429, "ApplicationThrottled", "Application is over its MailboxConcurrency limit.", {
            "Retry-After": "7",
          }),
    failed: () =>
      refusal(500, "InternalServerError", "There was an internal server error while processing the request."),
    unauthorised: () => ({
      ...refusal(401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired."),
      headers: {
        "WWW-Authenticate":
          'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize"',
      },
    }),
    forbidden: () => refusal(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again."),
    headers: () => ({
      "request-id": randomUUID(),
      "x-ms-ags-diagnostic": '{"ServerInfo":{"DataCenter":"North Europe"}}',
    }),
  };
}
