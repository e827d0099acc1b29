/** The call desk: one contact after the other on a caller's page, and what came of each call. Its words and rules; pure. */
import { type Response } from "~/features/campaigns/campaign";
import { type Delivery } from "~/features/campaigns/delivery";
import { HOUR_MS, later, MINUTE_MS } from "~/platform/time";

/** In the order in which they are offered. */
export const outcomes = [
  "responded",
  "converted",
  "not-interested",
  "spoken",
  "no-answer",
  "call-back",
  "wrong-number",
] as const;
export type CallOutcome = (typeof outcomes)[number];

/** As the caller's form says it. */
export const outcomeLabels: Record<CallOutcome, string> = {
  responded: "Spoke to them: responded",
  converted: "Spoke to them: converted",
  "not-interested": "Spoke to them: not interested",
  spoken: "Spoke to them: no decision",
  "no-answer": "No answer",
  "call-back": "Call back later",
  "wrong-number": "Wrong number",
};

/** As what was done tells it. */
export const outcomeNames: Record<CallOutcome, string> = {
  responded: "Responded",
  converted: "Converted",
  "not-interested": "Not interested",
  spoken: "Spoken to",
  "no-answer": "No answer",
  "call-back": "Call back",
  "wrong-number": "Wrong number",
};

/** Somebody of theirs was on the telephone. */
export function isSpoken(outcome: CallOutcome): boolean {
  return deliveryOf(outcome) === "spoken";
}

/** How far the campaign has come with somebody after such a call. */
export function deliveryOf(outcome: CallOutcome): Delivery {
  return outcome === "no-answer" || outcome === "call-back" || outcome === "wrong-number" ? outcome : "spoken";
}

/**
 * The call that says how somebody stands: the last. Only where nobody answered it is it the one before, if that was spoken:
 * whoever was spoken to was reached.
 * @param calls the latest first
 */
export function decisive<Call extends { outcome: CallOutcome }>(calls: readonly Call[]): Call | undefined {
  const answered = calls.find(({ outcome }) => outcome !== "no-answer");
  return answered && isSpoken(answered.outcome) ? answered : calls[0];
}

/** What they answered by it; null: nothing. */
export function responseOf(outcome: CallOutcome): Response | null {
  return outcome === "responded" || outcome === "converted" || outcome === "not-interested" ? outcome : null;
}

/** How those stand who are called, or were. */
export const calledStates = ["none", "spoken", "no-answer", "call-back", "wrong-number"] as const satisfies Delivery[];

/** For so long nobody else is given a contact that is on somebody's page. */
export const RESERVED_MS = 15 * MINUTE_MS;
/** Whoever left a contact is given others first, for so long. */
export const LEFT_MS = HOUR_MS;
/** Who did not answer is called again, but not at once, and not for ever. */
export const PAUSE_MS = 4 * HOUR_MS;
export const MOST_TRIES = 5;

/** When somebody may be called again after such a call; null: it does not matter any more. */
export function nextAt({ outcome, at, callBackAt }: { outcome: CallOutcome; at: string; callBackAt: string | null }) {
  if (outcome === "call-back") return callBackAt;
  return outcome === "no-answer" ? later(at, PAUSE_MS) : null;
}
