/** What the call desk's front page says. Four statements. */
import { can } from "~/features/accounts/rights";
import { type WholeCampaign } from "~/features/campaigns/campaign";
import {
  countCalls,
  countToCall,
  listWaiting,
  type ToCallCounts,
  type Waiting,
} from "~/features/campaigns/call-desk/list-desk.server";
import { tallies, type Tally } from "~/features/campaigns/call-desk/tally";
import { findCampaign } from "~/features/campaigns/campaigns.server";
import { shareText } from "~/features/campaigns/figures/shares";
import { notFound } from "~/http/answers.server";
import { type Scope } from "~/platform/scope.server";
import { dateIn, formatInstant, formatShortDate, formatTime } from "~/platform/time";

export async function deskFacts(scope: Scope, campaignId: string) {
  const campaign = (await findCampaign(scope, campaignId)) ?? notFound();
  if (campaign.channel !== "phone") return notFound();
  const [left, waiting, calls] = await Promise.all([
    countToCall(scope, campaign.id),
    listWaiting(scope, campaign.id),
    countCalls(scope, campaign.id),
  ]);
  const here = `/${scope.account.slug}/campaigns/${campaign.id}`;
  const { byHour, byCaller, total } = tallies(calls);
  const { locale } = scope.place;
  const mayCall = can(scope, "campaigns.write");
  const of = (kind: Waiting["kind"]) => waiting.filter((each) => each.kind === kind);
  return {
    ...{ here, mayCall },
    name: campaign.name,
    stands: standsOf(campaign),
    isRunning: campaign.state === "running" && campaign.archivedAt === null,
    figures: figuresOf(left, total, locale),
    callBacks: of("call-back").map((each) => toLine(scope, each, { here, mayCall })),
    reserved: of("reserved").map((each) => toLine(scope, each, { here, mayCall })),
    byHour: byHour.map((each) => toRow(each, locale)),
    byCaller: byCaller.map((each) => toRow(each, locale)),
    total: toRow(total, locale),
  };
}

function standsOf({ state, archivedAt }: WholeCampaign): string | null {
  if (archivedAt !== null) return "The campaign is archived: nobody is called.";
  if (state === "draft") return "The calls have not begun. They begin on the campaign’s page.";
  return state === "completed" ? "The calls have ended. The campaign can be taken up again on its page." : null;
}

function figuresOf(left: ToCallCounts, total: Tally, locale: string) {
  const count = (number: number) => number.toLocaleString(locale);
  const { fresh, again, againNow, callBacks, callBacksDue, givenUp } = left;
  const worn = givenUp > 0 ? `, ${count(givenUp)} given up` : "";
  return [
    { value: count(fresh + again + callBacks), label: `left to call, ${count(fresh)} of them for the first time` },
    { value: count(callBacks), label: `call-backs, ${count(callBacksDue)} of them due now` },
    { value: count(again), label: `did not answer and are tried again, ${count(againNow)} of them now${worn}` },
    { value: count(total.calls), label: total.calls === 1 ? "call made" : "calls made" },
  ];
}

export interface WaitingLine {
  key: string;
  name: string;
  href: string;
  /** "Due", "20 May 2026, 15:00". */
  at: string;
  isDue: boolean;
  /** By their own clock, where that is another. */
  there: string;
  by: string;
  note: string;
}

function toLine(
  scope: Scope,
  { contactId, name, at, timeZone, by, note, kind }: Waiting,
  { here, mayCall }: { here: string; mayCall: boolean },
): WaitingLine {
  const { place, clock } = scope;
  const now = clock.now();
  const isToday = dateIn(place.timeZone, at) === dateIn(place.timeZone, now);
  const time = formatTime(place, at);
  return {
    key: contactId,
    name: name ?? "A contact that is gone",
    href: `${here}/${mayCall ? "calls" : "recipients"}/${contactId}`,
    at: isToday ? `today, ${time}` : `${formatShortDate(place, at)}, ${time}`,
    isDue: kind === "call-back" && at <= now,
    there: thereText(scope, at, timeZone),
    by: by ?? "",
    note: note ?? "",
  };
}

/** Their zone, where nothing better is known, is ours. */
function thereText({ place }: Scope, at: string, timeZone: string | null): string {
  const there = timeZone === null ? null : formatInstant({ ...place, timeZone }, at);
  if (timeZone === null || there === formatInstant(place, at)) return "";
  return formatTime({ ...place, timeZone }, at);
}

export interface TallyRow {
  key: string;
  label: string;
  calls: string;
  spoken: string;
  responded: string;
  converted: string;
  notInterested: string;
}

function toRow({ key, label, ...counts }: Tally, locale: string): TallyRow {
  const count = (number: number) => number.toLocaleString(locale);
  return {
    ...{ key, label },
    calls: count(counts.calls),
    spoken: shareText(counts.spoken, counts.calls, locale),
    responded: count(counts.responded),
    converted: count(counts.converted),
    notInterested: count(counts.notInterested),
  };
}
