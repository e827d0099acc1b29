/** How a campaign's email is sent: by whom, how fast and when; and how far its sending has come. Pure. */

/** `judging`: the list is judged anew before the first mail. `done`: nobody is left to send to. */
export const mailingStates = ["none", "judging", "sending", "paused", "done"] as const;
export type MailingState = (typeof mailingStates)[number];

export const sentWhens = ["any-time", "working-hours"] as const;
export type SentWhen = (typeof sentWhens)[number];

export const sentWhenNames: Record<SentWhen, string> = {
  "any-time": "At any time",
  "working-hours": "In the recipient’s working hours",
};

export interface MailingSettings {
  /** Null: the account's name. */
  senderName: string | null;
  replyTo: string | null;
  dkimSelector: string | null;
  mailsAMinute: number;
  sentWhen: SentWhen;
}

export interface Mailing extends MailingSettings {
  state: MailingState;
  /** Who pressed the button last. */
  askedBy: string | null;
  /** Why nothing goes out at the moment, in a sentence. */
  problem: string | null;
  endedAt: string | null;
}

/** A thousand in a quarter of an hour: what mail services of small firms take without asking. */
export const USUAL_RATE = 60;

export const mailingLimits = { senderName: 80, address: 254, selector: 63, rate: 6_000 } as const;

export const usualMailing: Mailing = {
  ...{ senderName: null, replyTo: null, dkimSelector: null },
  ...{ mailsAMinute: USUAL_RATE, sentWhen: "any-time", state: "none" },
  ...{ askedBy: null, problem: null, endedAt: null },
};

/** Whether a job is at it, or will be. */
export function isAtWork({ state }: Pick<Mailing, "state">): boolean {
  return state === "judging" || state === "sending";
}
