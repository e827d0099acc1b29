/** Whether two answers tell a person the same: bytes and headers, without what differs from one request to the next. */
import { type Answer } from "~/testing/site";

const perRequest = new Set(["date", "x-request-id", "content-length", "etag"]);

/** `blank` are the ids and slugs that were asked for: pages may repeat them, they say nothing of what is there. */
export function told(answer: Answer, blank: readonly string[]): object {
  const requestId = String(answer.headers["x-request-id"]);
  const plain = (text: string) =>
    blank
      .reduce((left, word) => left.replaceAll(word, "[asked]"), text)
      .replaceAll(requestId, "[request]")
      .replace(/__Host-flash=([^;]+)/g, (_, value: string) => `__Host-flash=${message(value)}`)
      .replace(/nonce[=-]["']?[\w+/=-]+["']?/g, "[nonce]");
  const isRedirect = answer.status === 202 || (answer.status >= 300 && answer.status < 400);
  const made = (text: string) => (isRedirect ? withoutIds(plain(text)) : plain(text));
  const headers = Object.entries(answer.headers).filter(([name]) => !perRequest.has(name));
  return {
    status: answer.status,
    headers: headers.map(([name, value]) => `${name}: ${made(String(value))}`),
    text: made(answer.text),
  };
}

/** What a flash cookie says: it may name what was just made, by which that can be undone. */
function message(cookie: string): string {
  const [body = ""] = decodeURIComponent(cookie).split(".");
  const text = Buffer.from(body, "base64").toString("utf8");
  return withoutIds(text);
}

/** What was just made has a new id, by which a redirect leads there. */
function withoutIds(text: string): string {
  return text.replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "[made]");
}
