import { type PutOff } from "~/features/sign-in/attempts.server";
import { type RequestContext } from "~/http/request-context.server";

/** "30 seconds", "2 minutes": how long to wait, rounded up. */
export function waitInWords(seconds: number): string {
  if (seconds < 90) return seconds === 1 ? "1 second" : `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}

/** Says on the response when to come again (RFC 9110, 10.2.3); the page says it in words. */
export function retryAfter(context: RequestContext, seconds: number): void {
  context.responseHeaders.set("Retry-After", String(Math.max(1, Math.ceil(seconds))));
}

/** What the form says of an attempt that was put off, and its status; the response says when to come again. */
export function answerPutOff(context: RequestContext, putOff: PutOff): { text: string; status: 429 | 503 } {
  retryAfter(context, putOff.retryAfterSeconds);
  if (putOff.reason === "busy") {
    return { text: "Many people are signing in at this moment. Try again in a few seconds.", status: 503 };
  }
  const wait = waitInWords(putOff.retryAfterSeconds);
  return { text: `There were too many attempts. Wait ${wait}, then try again.`, status: 429 };
}
