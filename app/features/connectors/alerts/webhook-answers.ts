/** What a webhook's answer means. Slack says what is wrong in plain text (api.slack.com/messaging/webhooks#handling_errors). */
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "~/platform/time";

export interface WebhookAnswer {
  status: number;
  /** Its beginning. */
  body: string;
  retryAfter: string | null;
}

export type Judgement =
  | { kind: "taken" }
  /** To be tried again; `waitMs`: the other side says how long to wait, null: it does not. */
  | { kind: "later"; waitMs: number | null; problem: string }
  /** It would be refused again. */
  | { kind: "refused"; problem: string };

const MAKE_ANOTHER = "Make a webhook there anew and enter its address here.";

/** By the word that the body begins with. */
const words: Readonly<Record<string, string>> = {
  invalid_payload: "It did not understand the message.",
  no_text: "It did not understand the message.",
  user_not_found: `The person it writes to is not there any more. ${MAKE_ANOTHER}`,
  channel_not_found: `The channel is not there any more. ${MAKE_ANOTHER}`,
  channel_is_archived: `The channel is archived. Take it out of the archive, or make a webhook for another.`,
  action_prohibited: "An administrator there does not allow it.",
  posting_to_general_channel_denied: "Not everybody may write in that channel. Make a webhook for another.",
  no_service: `The webhook was taken away or switched off there. ${MAKE_ANOTHER}`,
  no_service_id: `The webhook was taken away or switched off there. ${MAKE_ANOTHER}`,
  no_team: `The workspace is not there any more. ${MAKE_ANOTHER}`,
  invalid_token: `The address is not right, or not valid any more. ${MAKE_ANOTHER}`,
  rollup_error: "Something went wrong over there.",
};

const LONGEST_WAIT_MS = HOUR_MS;
/** Of what answers so it is asked once more. */
const passing: ReadonlySet<number> = new Set([408, 425, 429]);

export function judge(answer: WebhookAnswer | null, now: string): Judgement {
  if (answer === null) return { kind: "later", waitMs: null, problem: "The address could not be reached." };
  const { status, retryAfter } = answer;
  if (status >= 200 && status < 300) return { kind: "taken" };
  const said = said1(answer);
  if (status === 429) {
    const problem = "It was told too much at once, and asks to wait.";
    return { kind: "later", waitMs: waitOf(retryAfter, now), problem };
  }
  if (status >= 500 || passing.has(status)) {
    return { kind: "later", waitMs: null, problem: said ?? `It is out of order (it answered ${status}).` };
  }
  return { kind: "refused", problem: said ?? `It takes no messages at this address (it answered ${status}).` };
}

function said1({ body }: WebhookAnswer): string | null {
  const word = /^[a-z_]{3,50}/.exec(body.trim())?.[0] ?? "";
  return Object.hasOwn(words, word) ? (words[word] ?? null) : null;
}

/** Seconds, or a date (RFC 9110 10.2.3). */
function waitOf(retryAfter: string | null, now: string): number | null {
  if (retryAfter === null) return null;
  const text = retryAfter.trim();
  const waitMs = /^\d{1,9}$/.test(text) ? Number(text) * SECOND_MS : Date.parse(text) - Date.parse(now);
  return Number.isNaN(waitMs) ? null : Math.min(LONGEST_WAIT_MS, Math.max(SECOND_MS, waitMs));
}

/** With a minute, 4, 16 and 64 minutes, and 4 hours between: who is away for a morning is told all the same. */
export const MOST_TRIES = 6;

/** After so many tries that came to nothing: how long to wait. */
export function pauseMs(tries: number): number {
  return MINUTE_MS * 4 ** (tries - 1);
}
