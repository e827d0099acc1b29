/** Which network addresses are the public internet's. Everything else is somebody's own house, above all this machine's. */
import ipaddr from "ipaddr.js";

/** All of IPv6 that was ever given out for the internet (RFC 4291, 2.5.4): NAT64, Fly's own network and the like lie outside. */
const globalUnicast = ipaddr.IPv6.parseCIDR("2000::/3");

/**
 * Whether an IP address, however it is spelled, is one of the public internet. Refused are loopback, private, link-local,
 * carrier-grade NAT, multicast and reserved ranges, and those that lead on to an IPv4 address written into them (6to4,
 * Teredo, NAT64); an IPv4 address mapped into IPv6 is judged as what it is.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  if (address.range() !== "unicast") return false;
  return address instanceof ipaddr.IPv4 || address.match(globalUnicast);
}
