/** What can never be tracked here, how long is waited for late hits, and from when on is compared. */
import { data } from "@remix-run/node";
import { type ChannelCount, CHANNELS_OF, countChannels } from "~/features/reconciliation/records/count-channels.server";
import { findReconciliation, type Reconciliation } from "~/features/reconciliation/set-up/find-reconciliation.server";
import {
  EARLIEST_DAY,
  type KeptSettings,
  LONGEST_WAIT_HOURS,
  MOST_CHANNELS,
} from "~/features/reconciliation/set-up/kept-settings";
import { badRequest } from "~/http/answers.server";
import { onlyText, readForm } from "~/http/form.server";
import { type RouteArgs } from "~/http/scope.server";
import { type Place, isDate } from "~/platform/time";
import { requireReconciliation } from "~/routes/reconciliations/reconciliation.server";
import {
  comparedOrigins,
  frameFacts,
  goOn,
  saveChange,
  versionIn,
} from "~/routes/reconciliations/set-up/set-up-facts.server";

export async function loadLeftOut(args: RouteArgs) {
  const page = await requireReconciliation(args, "reconciliations.write");
  const { scope, reconciliation } = page;
  const counts = await countChannels(scope, comparedOrigins(reconciliation));
  const { settings } = reconciliation;
  const channels = channelsOf(counts, settings, scope.place);
  return {
    ...frameFacts(page, "left-out"),
    channels,
    looked: lookedWords(counts, scope.place),
    always: alwaysWords(counts, scope.place),
    zero: zeroWords(counts, scope.place),
    typed: {
      channels: chosenChannels(reconciliation, channels),
      leavesOutZero: settings.leavesOutZero,
      ...{ waitingHours: String(settings.waitingHours), startDay: settings.startDay },
    },
  };
}

export type LeftOutView = Awaited<ReturnType<typeof loadLeftOut>>;

/** What providers call ways to sell without a browser that could track it. */
const usuallyUntracked: Readonly<Record<string, string>> = {
  pos: "The till in the shop",
  draft: "Orders made by hand in the shop’s administration",
  subscription: "Renewals of subscriptions",
  marketplace: "Marketplaces, such as Amazon or eBay",
};

const sum = (counts: readonly ChannelCount[], of: (one: ChannelCount) => number) =>
  counts.reduce((all, one) => all + of(one), 0);

/** Those that occur, and those that are chosen already though they occur no longer. Without a name there is nothing to choose. */
function channelsOf(counts: readonly ChannelCount[], { untrackedChannels }: KeptSettings, { locale }: Place) {
  const names = [...new Set([...counts.map(({ channel }) => channel), ...untrackedChannels])].filter(Boolean);
  return names.slice(0, 2 * MOST_CHANNELS).map((channel) => {
    const count = sum(
      counts.filter((one) => one.channel === channel),
      (one) => one.count,
    );
    const orders = count === 0 ? "None of late" : `${count.toLocaleString(locale)} ${count === 1 ? "order" : "orders"}`;
    const meaning = usuallyUntracked[channel];
    return { value: channel, label: channel, hint: meaning ? `${meaning}. ${orders}.` : `${orders}.` };
  });
}

/** Until somebody has chosen, what is usual. */
function chosenChannels({ isSetUp, settings }: Reconciliation, channels: readonly { value: string }[]): string[] {
  const { untrackedChannels } = settings;
  if (isSetUp || untrackedChannels.length > 0) return untrackedChannels;
  return channels.map(({ value }) => value).filter((channel) => channel in usuallyUntracked);
}

function lookedWords(counts: readonly ChannelCount[], { locale }: Place): string {
  const all = sum(counts, ({ count }) => count);
  if (all === 0) return "There are no orders yet to see their channels.";
  const unnamed = sum(
    counts.filter(({ channel }) => channel === ""),
    ({ count }) => count,
  );
  const looked = `Of ${all >= CHANNELS_OF ? "the latest " : ""}${all.toLocaleString(locale)} orders`;
  return unnamed === 0
    ? `${looked}.`
    : `${looked}; ${unnamed.toLocaleString(locale)} do not say through which channel.`;
}

const standingWords = {
  test: "test orders",
  "not-paid": "orders that were never paid",
  "cancelled-before-capture": "orders that were cancelled before money came in",
} as const;

function alwaysWords(counts: readonly ChannelCount[], { locale }: Place): string {
  const found = Object.entries(standingWords).map(([standing, words]) => {
    const count = sum(
      counts.filter((one) => one.standing === standing),
      (one) => one.count,
    );
    return `${words} (${count.toLocaleString(locale)})`;
  });
  return `Always left out: ${found.join(", ")}.`;
}

function zeroWords(counts: readonly ChannelCount[], { locale }: Place): string {
  const count = sum(counts, ({ zero }) => zero);
  return `Free orders are often not tracked. ${count.toLocaleString(locale)} of these come to nothing.`;
}

interface Sent {
  channels: string[];
  leavesOutZero: boolean;
  waitingHours: string;
  startDay: string;
}

export type LeftOutErrors = Partial<Record<"" | "channels" | "waitingHours" | "startDay", string>>;

export async function saveLeftOut(args: RouteArgs) {
  const page = await requireReconciliation(args, "reconciliations.write");
  const { scope, reconciliation } = page;
  const form = await readForm(args.request);
  const sent = readLeftOut(form);
  const refuse = (errors: LeftOutErrors, version: number) => data({ sent, errors, version }, { status: 422 });
  const errors = problemsIn(sent);
  if (Object.keys(errors).length > 0) return refuse(errors, versionIn(form));
  const { channels: untrackedChannels, leavesOutZero, startDay } = sent;
  const settings = { untrackedChannels, leavesOutZero, startDay, waitingHours: Number(sent.waitingHours) };
  const problem = await saveChange(page, { version: versionIn(form), change: { settings } });
  if (problem === null) return goOn(args, page, { to: "schedule" });
  const now = (await findReconciliation(scope, reconciliation.id)) ?? reconciliation;
  return refuse({ "": problem }, now.version);
}

function readLeftOut(form: FormData): Sent {
  const channels = form.getAll("channels").map((value) => (typeof value === "string" ? value : badRequest()));
  return {
    channels: [...new Set(channels.filter((channel) => channel !== ""))],
    leavesOutZero: onlyText(form, "leavesOutZero") === "on",
    ...{ waitingHours: onlyText(form, "waitingHours").trim(), startDay: onlyText(form, "startDay").trim() },
  };
}

const LONGEST_CHANNEL = 100;
/** What a database cannot store is no channel of an order. */
const isStorable = (text: string) => text.length <= LONGEST_CHANNEL && !/[\u0000-\u001f\ud800-\udfff]/.test(text);

function problemsIn({ channels, waitingHours, startDay }: Sent): LeftOutErrors {
  const isWait = /^\d{1,3}$/.test(waitingHours) && Number(waitingHours) <= LONGEST_WAIT_HOURS;
  const isStart = isDate(startDay) && startDay >= EARLIEST_DAY;
  return {
    ...(channels.length > MOST_CHANNELS || !channels.every(isStorable)
      ? { channels: `Choose among these, ${MOST_CHANNELS} at the most.` }
      : {}),
    ...(isWait ? {} : { waitingHours: `Enter a number of hours, 0 to ${LONGEST_WAIT_HOURS}.` }),
    ...(isStart ? {} : { startDay: `Enter a day, such as 2026-05-01, not before ${EARLIEST_DAY}.` }),
  };
}
