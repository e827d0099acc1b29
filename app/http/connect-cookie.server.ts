import { hostCookie } from "~/http/cookies.server";
import { type RequestContext } from "~/http/request-context.server";
import { type Keys } from "~/platform/encryption.server";
import { MINUTE_MS, SECOND_MS } from "~/platform/time";

/** Holds the secret of a link while its holder is at the provider's: only this browser can come back with it. */
const connectCookie = (keys: Keys) => hostCookie(keys, "connect", { maxAge: (15 * MINUTE_MS) / SECOND_MS });

export async function readConnectLink(request: Request, context: RequestContext): Promise<string | null> {
  const header = request.headers.get("Cookie");
  if (!header?.includes("__Host-connect=")) return null;
  const value: unknown = await connectCookie(context.keys).parse(header);
  return typeof value === "string" ? value : null;
}

export async function keepConnectLink(context: RequestContext, token: string): Promise<void> {
  context.responseHeaders.append("Set-Cookie", await connectCookie(context.keys).serialize(token));
}

export async function dropConnectLink(context: RequestContext): Promise<void> {
  const gone = await connectCookie(context.keys).serialize("", { maxAge: 0, expires: new Date(0) });
  context.responseHeaders.append("Set-Cookie", gone);
}
