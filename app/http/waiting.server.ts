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
