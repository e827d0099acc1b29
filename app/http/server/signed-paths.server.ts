/**
 * Addresses that other systems post to: webhooks, one-click unsubscribe and the cron address. They carry a signature or token that their
 * route checks, so a foreign origin and JSON are welcome there, and no cookie is looked at.
 */
const signedPaths: readonly RegExp[] = [/^\/r\/[^/]+\/unsubscribe$/, /^\/hooks\/mail\/[a-z]+\/[^/]+$/, /^\/api\/cron$/];

export function isSignedPath(path: string): boolean {
  return signedPaths.some((pattern) => pattern.test(path));
}
