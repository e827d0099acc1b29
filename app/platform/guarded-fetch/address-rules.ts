/** What an address may look like before anybody is asked where it leads. */
import { isIP } from "node:net";
import { isPublicAddress } from "~/platform/guarded-fetch/public-address";

/** Usual for https, for Odoo's own server, and second-best for https. Others are what a scan of ports would try. */
const ports: ReadonlySet<string> = new Set(["", "8069", "8443"]);

/** Names that no public name server answers for. */
const ownNames = /(?:^|\.)(?:localhost|internal|local|home\.arpa|lan|intranet|corp)$/;

/** The host without the brackets of an IPv6 address and without the full stop that may end a name. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
}

/**
 * Whether an address may be asked at all: https, a usual port, no name and password, a whole name or a public IP address.
 * The URL has been parsed: `0x7f.1`, `2130706433` and `①②⑦.1` have become 127.0.0.1 by then.
 */
export function isAskable(url: URL): boolean {
  if (url.protocol !== "https:" || url.username !== "" || url.password !== "" || !ports.has(url.port)) return false;
  const host = hostOf(url);
  if (isIP(host) !== 0) return isPublicAddress(host);
  return host.includes(".") && !ownNames.test(host);
}
