/** How the Data API refuses: the envelope of google.rpc.Status. */
import { type Manners, type Reply } from "../frame/stand-in";

function refusal(code: number, status: string, message: string): Reply {
  return { status: code, body: { error: { code, message, status } } };
}

export const invalid = (message: string) => refusal(400, "INVALID_ARGUMENT", message);

/** Addresses that there are not are answered by the front door. */
export const nowhere = (): Reply => ({
  status: 404,
  type: "text/html; charset=UTF-8",
  body: "<!DOCTYPE html><html lang=en><title>Error 404 (Not Found)!!1</title><p><b>404.</b> <ins>That’s an error.</ins>",
});

export const noPermission = () =>
  refusal(
    403,
    "PERMISSION_DENIED",
    "User does not have sufficient permissions for this property. To learn more about Property ID, see https://developers.google.com/analytics/devguides/reporting/data/v1/property-id.",
  );

export type QuotaKind = "day" | "hour" | "concurrent";

const exhausted: Readonly<Record<QuotaKind, string>> = {
  day: "Exhausted property tokens per day. These quota tokens will return in under 24 hours. To learn more, see https://developers.google.com/analytics/devguides/reporting/data/v1/quotas",
  hour: "Exhausted property tokens for a project per hour. These quota tokens will return in under an hour. To learn more, see https://developers.google.com/analytics/devguides/reporting/data/v1/quotas",
  concurrent: "Exhausted concurrent requests quota. Please send fewer requests concurrently.",
};

export const usedUp = (kind: QuotaKind) => refusal(429, "RESOURCE_EXHAUSTED", exhausted[kind]);

export const manners: Manners = {
  throttled: () => usedUp("hour"),
  failed: () => refusal(500, "INTERNAL", "Internal error encountered."),
  unauthorised: () =>
    refusal(
      401,
      "UNAUTHENTICATED",
      "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.",
    ),
  forbidden: noPermission,
};
