/** The three cookies of sign-in. Each holds a random token; what it stands for is a row that can be taken back. */
import { type Browser, type SignedIn } from "~/features/sign-in/begin-session.server";
import { hostCookie } from "~/http/cookies.server";
import { type RequestContext } from "~/http/request-context.server";
import { type Keys } from "~/platform/encryption.server";
import { DAY_MS, MINUTE_MS, SECOND_MS } from "~/platform/time";

/**
 * - `session`: signed in with both factors; ends with the browser, and on the server after its limits
 * - `pending`: the password was right, the second factor is to come; opens no page but that
 * - `device`: this browser has seen a whole sign-in; opens nothing, only its attempts are counted apart
 */
const lifetimes = { session: undefined, pending: 10 * MINUTE_MS, device: 90 * DAY_MS } as const;
export type SignInCookie = keyof typeof lifetimes;

function cookieNamed(keys: Keys, name: SignInCookie) {
  const lifetime = lifetimes[name];
  return hostCookie(keys, name, { maxAge: lifetime === undefined ? undefined : lifetime / SECOND_MS });
}

/** The token in the browser's cookie, or null. Whether it means anything only the database knows. */
export async function readToken(request: Request, context: RequestContext, name: SignInCookie): Promise<string | null> {
  const header = request.headers.get("Cookie");
  if (!header?.includes(`__Host-${name}=`)) return null;
  const value: unknown = await cookieNamed(context.keys, name).parse(header);
  return typeof value === "string" ? value : null;
}

/** Puts the token in the browser with this response. */
export async function giveToken(context: RequestContext, name: SignInCookie, token: string): Promise<void> {
  context.responseHeaders.append("Set-Cookie", await cookieNamed(context.keys, name).serialize(token));
}

/** Takes the cookie off the browser with this response. */
export async function dropToken(context: RequestContext, name: SignInCookie): Promise<void> {
  const gone = await cookieNamed(context.keys, name).serialize("", { maxAge: 0, expires: new Date(0) });
  context.responseHeaders.append("Set-Cookie", gone);
}

const MAX_DEVICE_LENGTH = 200;

/** What this browser brings to the second step; null when its password step is not there (any more). */
export async function browserOf(request: Request, context: RequestContext): Promise<Browser | null> {
  const pendingToken = await readToken(request, context, "pending");
  if (pendingToken === null) return null;
  return {
    pendingToken,
    deviceToken: await readToken(request, context, "device"),
    oldSessionToken: await readToken(request, context, "session"),
    device: request.headers.get("User-Agent")?.slice(0, MAX_DEVICE_LENGTH) ?? null,
  };
}

/** Puts the new session into the browser, and takes off what led to it. */
export async function letIn(context: RequestContext, signedIn: Pick<SignedIn, "sessionToken" | "deviceToken">) {
  await giveToken(context, "session", signedIn.sessionToken);
  await giveToken(context, "device", signedIn.deviceToken);
  await dropToken(context, "pending");
}
