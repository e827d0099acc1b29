/** How far a campaign's sending has come, in words. Pure. */
import { recipientCount, type WholeCampaign } from "~/features/campaigns/campaign";
import { isAtWork, type MailingState } from "~/features/campaigns/mailing/mailing";
import { aboutDoneAt } from "~/features/campaigns/mailing/sending-times";
import { dateIn, formatInstant, formatTime, type Place } from "~/platform/time";

export interface SendingProgress {
  state: MailingState;
  isAtWork: boolean;
  done: number;
  total: number;
  /** "1,204 of 3,000 sent, 12 refused, 1 not known" */
  sentence: string;
  /** "done at about 15:20" */
  left: string | null;
  problem: string | null;
  unknown: number;
  /** Still to be written to. */
  waiting: number;
}

/** Null: it is no email, or its sending has not begun. */
export function sendingProgress(campaign: WholeCampaign, now: string, place: Place): SendingProgress | null {
  const { mailing, channel, reached, failed, unknown } = campaign;
  if (channel !== "email" || mailing.state === "none") return null;
  const total = recipientCount(campaign);
  const done = Math.min(total, reached + failed + unknown);
  const count = (number: number) => number.toLocaleString(place.locale);
  const told = [
    `${count(reached)} of ${count(total)} sent`,
    failed > 0 ? `${count(failed)} refused` : "",
    unknown > 0 ? `${count(unknown)} not known` : "",
  ];
  const goesOn = isAtWork(mailing) && total > done && mailing.problem === null;
  return {
    ...{ state: mailing.state, isAtWork: isAtWork(mailing), done, total, unknown, waiting: total - done },
    sentence: told.filter(Boolean).join(", "),
    left: goesOn
      ? doneAt(aboutDoneAt(total - done, { mailsAMinute: mailing.mailsAMinute, now }), now, mailing, place)
      : null,
    problem: mailing.problem,
  };
}

function doneAt(at: string, now: string, { sentWhen }: WholeCampaign["mailing"], place: Place): string {
  const isToday = dateIn(place.timeZone, at) === dateIn(place.timeZone, now);
  const when = isToday ? formatTime(place, at) : formatInstant(place, at);
  return sentWhen === "working-hours" ? `done at ${when} at the earliest` : `done at about ${when}`;
}
