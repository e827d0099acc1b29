import { hostCookie } from "~/http/cookies.server";
import { type RequestContext } from "~/http/request-context.server";
import { type Keys } from "~/platform/encryption.server";
import { HOUR_MS, SECOND_MS } from "~/platform/time";

/** Holds the link's secret while its holder signs in or becomes somebody: no address and no table carries it then. */
const invitationCookie = (keys: Keys) => hostCookie(keys, "invitation", { maxAge: HOUR_MS / SECOND_MS });

export async function readInvitation(request: Request, context: RequestContext): Promise<string | null> {
  const header = request.headers.get("Cookie");
  if (!header?.includes("__Host-invitation=")) return null;
  const value: unknown = await invitationCookie(context.keys).parse(header);
  return typeof value === "string" ? value : null;
}

export async function keepInvitation(context: RequestContext, token: string): Promise<void> {
  context.responseHeaders.append("Set-Cookie", await invitationCookie(context.keys).serialize(token));
}

export async function dropInvitation(context: RequestContext): Promise<void> {
  const gone = await invitationCookie(context.keys).serialize("", { maxAge: 0, expires: new Date(0) });
  context.responseHeaders.append("Set-Cookie", gone);
}
