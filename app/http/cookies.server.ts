import { type Cookie, type CookieOptions, createCookie } from "@remix-run/node";
import { type Keys, purposeKey } from "~/platform/encryption.server";

/**
 * A signed cookie that only this host's pages and no script can read or set (`__Host-` prefix, RFC 6265bis). Remix
 * signs the value but not the name, so each cookie gets a secret of its own: a value of one is never taken for another's.
 */
export function hostCookie(keys: Keys, name: string, options: Pick<CookieOptions, "maxAge">): Cookie {
  return createCookie(`__Host-${name}`, {
    ...options,
    path: "/",
    secure: true,
    httpOnly: true,
    sameSite: "lax",
    secrets: [purposeKey(keys, `cookie:${name}`).toString("base64url")],
  });
}
