import { checkSender, nameResolver, type SenderCheck } from "~/features/campaigns/mailing/sender-checks.server";
import { millisecondsBetween, MINUTE_MS } from "~/platform/time";

const KEPT_MS = 5 * MINUTE_MS;
const MOST_KEPT = 100;
const kept = new Map<string, { at: string; checks: Promise<SenderCheck[]> }>();

/** SPF, DKIM and DMARC, as they were looked up within the last minutes: a page is not to wait for name servers each time. */
export function lookUpSender(
  { address, selector }: { address: string; selector: string | null },
  now: string,
): Promise<SenderCheck[]> {
  const key = `${selector ?? ""} ${address}`;
  const known = kept.get(key);
  if (known && Math.abs(millisecondsBetween(known.at, now)) < KEPT_MS) return known.checks;
  if (kept.size >= MOST_KEPT) kept.clear();
  const checks = checkSender({ address, selector }, { resolver: nameResolver() });
  kept.set(key, { at: now, checks });
  checks.catch(() => kept.delete(key));
  return checks;
}
