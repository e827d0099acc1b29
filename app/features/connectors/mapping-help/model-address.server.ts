import { isAskable } from "~/platform/guarded-fetch/address-rules";

const MOST_ADDRESS = 300;

/**
 * The address of an OpenAI-compatible API as somebody typed it, without what people copy along: a slash, or the path of
 * one of its requests. Null: it may not be asked.
 *
 * @param sandboxOrigins those on this machine that may be, nevertheless
 */
export function readModelAddress(text: string, sandboxOrigins: ReadonlySet<string>): string | null {
  const typed = text.trim();
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`;
  if (typed === "" || typed.length > MOST_ADDRESS || !URL.canParse(whole)) return null;
  const url = new URL(whole);
  if ([url.search, url.hash, url.username, url.password].some((part) => part !== "")) return null;
  if (!sandboxOrigins.has(url.origin) && !isAskable(url)) return null;
  return url.origin + url.pathname.replace(/\/+$/, "").replace(/\/(?:chat\/completions|models)$/, "");
}
