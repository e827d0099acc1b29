/** A letter's code that somebody typed, tried against the letters of one account. */
import { codeToken } from "~/features/campaigns/answers/answer-token.server";
import { findAnswering } from "~/features/campaigns/answers/find-answering.server";
import { readCode } from "~/features/campaigns/code";
import { findByCode } from "~/features/campaigns/recipients/give-codes.server";
import { attempt } from "~/features/sign-in/attempts.server";
import { type ThrottleRule } from "~/features/sign-in/throttle";
import { networkOf, settleAttempts, type Throttle, throttleKey } from "~/features/sign-in/throttles.server";
import { type RequestContext } from "~/http/request-context.server";
import { installationScope } from "~/http/scope.server";
import { answerPutOff } from "~/http/waiting.server";
import { type Scope } from "~/platform/scope.server";
import { MINUTE_MS, SECOND_MS } from "~/platform/time";

/** From one network. Of 33 million codes an account with 100,000 letters has one in 300: guessing has to be slow. */
const perNetwork: ThrottleRule = {
  freeAttempts: 10,
  firstWaitMs: MINUTE_MS,
  longestWaitMs: 60 * MINUTE_MS,
  forgetMs: 24 * 60 * MINUTE_MS,
};

/** From all of them together. Short, so that whoever guesses from a thousand networks does not keep the others out. */
const perAccount: ThrottleRule = {
  freeAttempts: 100,
  firstWaitMs: SECOND_MS,
  longestWaitMs: 20 * SECOND_MS,
  forgetMs: 15 * MINUTE_MS,
};

export type TakenCode = { ok: true; token: string } | { ok: false; error: string; status: 422 | 429 | 503 };

const problems = {
  "no-code":
    "A code has six letters and digits. It stands at the end of the letter, below or beside the square of dots.",
  "wrong-check": "There is a typing mistake in the code. Compare it with the letter, character by character.",
  unknown: "We know no such code. Compare it with the letter, character by character.",
};

/** What counts is each code that is not right; a right one leads on to its page, without a name on the way. */
export async function takeCode(context: RequestContext, scope: Scope, typed: string): Promise<TakenCode> {
  if (typed.trim() === "") return { ok: false, error: "Type the code of your letter.", status: 422 };
  const installation = installationScope(context);
  const throttles = throttlesOf(context, scope);
  const tried = await attempt(installation, throttles, async () => {
    const found = await find(scope, typed);
    if (typeof found === "string") return { ok: false as const, reason: "wrong" as const, error: problems[found] };
    await settleAttempts(installation, { forget: [], giveBack: throttles });
    return { ok: true as const, recipient: found };
  });
  if (tried.ok) return { ok: true, token: codeToken(context.keys, tried.recipient, context.clock.now()) };
  if (tried.reason === "wrong") return { ok: false, error: tried.error, status: 422 };
  const { text, status } = answerPutOff(context, tried);
  return { ok: false, error: text, status };
}

/** Of a campaign that takes no answers any more the code is as unknown as any. */
async function find(scope: Scope, typed: string) {
  const read = readCode(typed);
  if (!read.ok) return read.reason;
  const recipient = await findByCode(scope, read.code);
  const answering = recipient && (await findAnswering(scope, recipient));
  if (!answering || answering.isClosed) return "unknown";
  const { campaignId, contactId } = answering;
  return { accountId: scope.account.id, campaignId, contactId };
}

function throttlesOf({ keys, address }: RequestContext, { account }: Scope): Throttle[] {
  return [
    { key: throttleKey(keys, "code-from", networkOf(address)), rule: perNetwork },
    { key: throttleKey(keys, "code-of", account.id), rule: perAccount },
  ];
}
