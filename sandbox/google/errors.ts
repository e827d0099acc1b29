/** How Google's APIs refuse: the envelope of google.rpc.Status. */
import { type Manners, type Reply } from "../frame/stand-in";

export function refusal(code: number, status: string, message: string, details: object[] = []): Reply {
  const error = { code, message, status, ...(details.length > 0 ? { details } : {}) };
  return { status: code, body: { error } };
}

const info = (reason: string) => ({
  "@type": "type.googleapis.com/google.rpc.ErrorInfo",
  reason,
  domain: "people.googleapis.com",
});

export const invalid = (message: string) => refusal(400, "INVALID_ARGUMENT", message);

/** As recorded: 400, though old texts say 410. */
export const expiredSyncToken = () =>
  refusal(
    400,
    "FAILED_PRECONDITION",
    "Sync token is expired. Clear local cache and retry call without the sync token.",
    [info("EXPIRED_SYNC_TOKEN")],
  );

/** Addresses that there are not are answered by the front door. */
export const nowhere = (): Reply => ({
  status: 404,
  type: "text/html; charset=UTF-8",
  body: "<!DOCTYPE html><html lang=en><title>Error 404 (Not Found)!!1</title><p><b>404.</b> <ins>That’s an error.</ins>",
});

export const googleManners: Manners = {
  throttled: () =>
    refusal(
      429,
      "RESOURCE_EXHAUSTED",
      "Quota exceeded for quota metric 'Critical read requests (Contact and Profile Reads)' and limit 'Critical read requests (Contact and Profile Reads) per minute per user' of service 'people.googleapis.com'.",
      [info("RATE_LIMIT_EXCEEDED")],
    ),
  failed: () => refusal(500, "INTERNAL", "Internal error encountered."),
  unauthorised: () => ({
    ...refusal(
      401,
      "UNAUTHENTICATED",
      "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.",
    ),
    headers: { "WWW-Authenticate": 'Bearer realm="https://accounts.google.com/", error="invalid_token"' },
  }),
  forbidden: () =>
    refusal(403, "PERMISSION_DENIED", "Request had insufficient authentication scopes.", [
      info("ACCESS_TOKEN_SCOPE_INSUFFICIENT"),
    ]),
};
