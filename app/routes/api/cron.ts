import { createHash, timingSafeEqual } from "node:crypto";
import { type ActionFunctionArgs } from "@remix-run/node";
import { workDueJobs } from "../../../jobs/work-due";
import { perAddress } from "~/features/sign-in/throttle";
import { countAttempt, networkOf, settleAttempts, throttleKey } from "~/features/sign-in/throttles.server";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { installationScope } from "~/http/scope.server";

export function loader() {
  return methodNotAllowed();
}

/**
 * For hosts without a worker: whoever knows the secret calls this every minute or so, and it works off what is due by
 * itself. Only where the environment has a secret; else there is no such page.
 */
export async function action({ request, context }: ActionFunctionArgs) {
  const { cronSecret } = context.env;
  if (cronSecret === null) return notFound();
  const scope = installationScope(context);
  const throttle = { key: throttleKey(scope.keys, "cron", networkOf(context.address)), rule: perAddress };
  const attempt = await countAttempt(scope, [throttle]);
  if (!attempt.ok)
    return said({ state: "too-many-attempts" }, 429, { "Retry-After": String(attempt.retryAfterSeconds) });
  if (!isSecret(request.headers.get("Authorization"), cronSecret)) {
    context.log.warn({ reason: "wrong secret" }, "A call of the cron address was not believed");
    return said({ state: "not-believed" }, 401, { "WWW-Authenticate": "Bearer" });
  }
  await settleAttempts(scope, { forget: [throttle] });
  const worked = await workDueJobs(context);
  return worked ? said({ state: "worked", ...worked }, 200) : said({ state: "already-at-work" }, 200);
}

/** By hashes, which are of one length whatever was sent. */
function isSecret(header: string | null, secret: string): boolean {
  const given = /^Bearer +(\S+)$/i.exec(header ?? "")?.[1] ?? "";
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(given), hash(secret));
}

function said(answer: object, status: number, headers: Record<string, string> = {}): Response {
  return Response.json(answer, { status, headers: { "Cache-Control": "no-store", ...headers } });
}
