/**
 * The address of an export's file: good for five minutes, for one person and one file. Whoever opens it must be signed
 * in as that person all the same, and may still have it.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { purposeKey, sha256 } from "~/platform/encryption.server";
import { type Scope } from "~/platform/scope.server";
import { later, MINUTE_MS } from "~/platform/time";

const PURPOSE = "export-download";
const GOOD_FOR_MS = 5 * MINUTE_MS;

/** The query string that opens this file: `?until=…&signature=…`. */
export function downloadQuery(scope: Scope, fileId: string): string {
  const until = later(scope.clock.now(), GOOD_FOR_MS);
  return `?${String(new URLSearchParams({ until, signature: sign(scope, fileId, until) }))}`;
}

/** Whether the query string was made by us, for this person and file, within the last five minutes. */
export function isGoodQuery(scope: Scope, fileId: string, params: URLSearchParams): boolean {
  const until = params.get("until") ?? "";
  const given = sha256(params.get("signature") ?? "");
  const isOurs = timingSafeEqual(given, sha256(sign(scope, fileId, until)));
  return isOurs && until > scope.clock.now();
}

function sign({ account, user, keys }: Scope, fileId: string, until: string): string {
  const said = JSON.stringify([PURPOSE, account.id, user?.id ?? null, fileId, until]);
  return createHmac("sha256", purposeKey(keys, PURPOSE)).update(said).digest("base64url");
}
