/** How HubSpot refuses, and what it says of its limits. */
import { randomUUID } from "node:crypto";
import { type Asked, type Manners, type Reply } from "../frame/stand-in";

interface Words {
  category: string;
  message: string;
  more?: object;
}

function refusal(status: number, { category, message, more }: Words): Reply {
  const correlationId = randomUUID();
  return {
    status,
    headers: { "X-HubSpot-Correlation-Id": correlationId },
    body: { status: "error", message, correlationId, category, ...more },
  };
}

export const invalid = (message: string): Reply => refusal(400, { category: "VALIDATION_ERROR", message });

export const nowhere = (): Reply => refusal(404, { category: "OBJECT_NOT_FOUND", message: "resource not found" });

/** Nobody reads so long an address. */
export const tooLong = (): Reply => ({
  status: 414,
  type: "text/html",
  body: "<html><head><title>414 Request-URI Too Large</title></head><body><center>cloudflare</center></body></html>",
});

export const isSearch = ({ path }: Asked) => path.endsWith("/search");

const limits = {
  "X-HubSpot-RateLimit-Interval-Milliseconds": "10000",
  "X-HubSpot-RateLimit-Max": "100",
  "X-HubSpot-RateLimit-Remaining": "0",
};

export interface Limits {
  /** Nothing more goes today, whatever one waits. */
  isDayOver: boolean;
}

export function hubspotManners(state: Limits): Manners {
  return {
    throttled: (asked) => (isSearch(asked) ? throttledSearch() : throttledOtherwise(state)),
    failed: () => refusal(500, { category: "INTERNAL_ERROR", message: "internal error" }),
    unauthorised: () =>
      refusal(401, {
        category: "EXPIRED_AUTHENTICATION",
        message: "The OAuth token used to make this call expired 57 second(s) ago.",
      }),
    forbidden: () =>
      refusal(403, {
        category: "MISSING_SCOPES",
        message:
          "This app hasn't been granted all required scopes to make this call. Read more about required scopes here: https://developers.hubspot.com/scopes.",
        more: {
          errors: [
            {
              message: "One or more of the following scopes are required.",
              context: { requiredGranularScopes: ["crm.objects.contacts.read"] },
            },
          ],
        },
      }),
  };
}

/** As recorded: nothing but a sentence, and no header that says how long. */
function throttledSearch(): Reply {
  return refusal(429, { category: "RATE_LIMITS", message: "You have reached your secondly limit." });
}

function throttledOtherwise({ isDayOver }: Limits): Reply {
  const policyName = isDayOver ? "DAILY" : "TEN_SECONDLY_ROLLING";
  const reply = refusal(429, {
    category: "RATE_LIMITS",
    message: `You have reached your ${policyName.toLowerCase()} limit.`,
    more: { errorType: "RATE_LIMIT", policyName, requestId: randomUUID() },
  });
  return isDayOver ? reply : { ...reply, headers: { ...reply.headers, ...limits } };
}
