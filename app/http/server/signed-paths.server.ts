/**
 * Addresses that other systems post to: webhooks and one-click unsubscribe. They carry a signature or token that their
 * route checks instead of a cookie, so a foreign origin and JSON are welcome there. None yet.
 */
const signedPaths: readonly RegExp[] = [];

export function isSignedPath(path: string): boolean {
  return signedPaths.some((pattern) => pattern.test(path));
}
