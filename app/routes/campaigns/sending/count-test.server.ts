import { countAttempt, throttleKey } from "~/features/sign-in/throttles.server";
import { type RouteArgs, installationScope } from "~/http/scope.server";
import { waitInWords } from "~/http/waiting.server";
import { type Scope } from "~/platform/scope.server";
import { HOUR_MS, MINUTE_MS } from "~/platform/time";

/** For trying a text out, not for writing to people one by one. */
const rule = { freeAttempts: 20, firstWaitMs: MINUTE_MS, longestWaitMs: HOUR_MS, forgetMs: HOUR_MS };

/** Counts a test mail; what to say where there were too many. */
export async function countTest({ context }: RouteArgs, { keys, user, account }: Scope): Promise<string | null> {
  const key = throttleKey(keys, "campaign-test", `${account.id} ${user?.id ?? ""}`);
  const counted = await countAttempt(installationScope(context), [{ key, rule }]);
  return counted.ok ? null : `These were many tests. Wait ${waitInWords(counted.retryAfterSeconds)}, then try again.`;
}
