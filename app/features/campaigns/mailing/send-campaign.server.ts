/**
 * Sends a campaign's email, a burst at a time: claims some, hands them over, notes what became of them. Killed anywhere, nobody
 * gets it twice, and whoever may or may not have got it is "not known". See docs/decisions/025-sending-a-campaign.md.
 */
import { findCampaign } from "~/features/campaigns/campaigns.server";
import {
  type CampaignLetter,
  linksOf,
  readLetter,
  toBytes,
  writeLetter,
} from "~/features/campaigns/mailing/campaign-letter.server";
import { claimMails, type ReadyPerson } from "~/features/campaigns/mailing/claim-mails.server";
import { judgeList } from "~/features/campaigns/mailing/judge-list.server";
import { markMails, type MarkedMails } from "~/features/campaigns/mailing/mark-mails.server";
import { backOff, comeBack, stopMailing, takeUp } from "~/features/campaigns/mailing/take-up.server";
import { type Environment, type MailSettings } from "~/platform/env.server";
import { type Lines, openLines } from "~/platform/mail/hand-over.server";
import { type JobContext } from "~/platform/queue/tasks";
import { type Scope } from "~/platform/scope.server";
import { later, MINUTE_MS, SECOND_MS } from "~/platform/time";

/** Where a test kills the process. */
export type SendingPoint = "taken-up" | "claimed" | "begun" | "handed-over" | "marked" | "asked-to-come-back";

export interface SendingOptions extends Pick<JobContext, "signal"> {
  env: Pick<Environment, "appOrigin" | "mail">;
  at?: (point: SendingPoint) => void;
}

/** Others want the worker, too: after so long it comes back behind them. */
const SLICE_MS = 20 * SECOND_MS;
/** So many are claimed at first and at the most: as many as go out in few seconds, since a kill makes them "not known". */
const FIRST_BATCH = 5;
const LARGEST_BATCH = 200;
const BATCH_SHOULD_TAKE_MS = 2 * SECOND_MS;
/** Somebody may change the hours: it is looked again then. */
const LONGEST_WAIT_MS = 60 * MINUTE_MS;

export const NO_SERVER = "There is no mail server: whoever runs Tallybook has to set one.";
const NO_TEXT = "The text cannot be sent as it is: the page before sending says why.";

/** Runs for a slice, then asks to come back. Called again after a kill it goes on. */
export async function sendCampaign(scope: Scope, campaignId: string, options: SendingOptions): Promise<void> {
  const { env, signal, at } = options;
  const taken = await takeUp(scope, campaignId);
  if (!taken) return;
  at?.("taken-up");
  if (taken.state === "judging") await judgeList(scope, campaignId, signal);
  const campaign = await findCampaign(scope, campaignId);
  if (!campaign) return;
  if (!env.mail) return stopMailing(scope, campaignId, NO_SERVER);
  const letter = await readLetter(scope, campaign);
  if (!canBeSent(letter)) return stopMailing(scope, campaignId, NO_TEXT);
  const lines = openLines(env.mail);
  try {
    await sendSlice(scope, { letter, settings: env.mail, lines, runId: taken.runId, options });
  } finally {
    lines.close();
  }
}

export function canBeSent({ template }: CampaignLetter): boolean {
  const { subject, body } = template.problems;
  return subject.length + body.length === 0 && template.subject.length > 0;
}

interface Sending {
  letter: CampaignLetter;
  settings: MailSettings;
  lines: Lines;
  runId: string;
  options: SendingOptions;
}

async function sendSlice(scope: Scope, sending: Sending): Promise<void> {
  const { letter, runId, options } = sending;
  const { campaignId, facts } = letter;
  const began = performance.now();
  for (let size = FIRST_BATCH; ;) {
    options.signal.throwIfAborted();
    if (performance.now() - began > SLICE_MS) return leave(scope, campaignId, scope.clock.now(), options);
    const claim = await claimMails(scope, campaignId, { runId, facts, most: size });
    if (claim.kind === "again") continue;
    if (claim.kind === "wait") return leave(scope, campaignId, claim.until, options);
    if (claim.kind !== "claimed") return;
    const batchBegan = performance.now();
    const marked = await sendBatch(scope, sending, claim.people);
    const stop = whyToStop(marked, claim.people.length);
    if (stop) return stop.forGood ? stopMailing(scope, campaignId, stop.problem) : backOff(scope, campaignId, stop);
    size = nextSize(size, performance.now() - batchBegan);
  }
}

/** Fewer where the server is slow. */
function nextSize(size: number, tookMs: number): number {
  return tookMs > BATCH_SHOULD_TAKE_MS ? Math.max(1, Math.floor(size / 2)) : Math.min(LARGEST_BATCH, size * 2);
}

async function sendBatch(scope: Scope, sending: Sending, people: readonly ReadyPerson[]): Promise<MarkedMails> {
  const { lines, letter, options } = sending;
  options.at?.("claimed");
  const { outcomes, error } = await lines.handOver(people, (person) => write(scope, sending, person), options.signal);
  options.at?.("handed-over");
  const marked = await markMails(scope, letter.campaignId, outcomes);
  options.at?.("marked");
  if (error) throw error;
  return marked;
}

async function write(scope: Scope, { letter, settings, options }: Sending, person: ReadyPerson) {
  const { appOrigin } = options.env;
  const links = linksOf(scope, appOrigin, { campaignId: letter.campaignId, contactId: person.contactId });
  const mail = writeLetter(letter, person.values, links);
  const bytes = await toBytes({ letter, mail, links, to: person, settings, appOrigin, date: scope.clock.now() });
  return { from: settings.from.address, to: person.email, bytes, onBegun: () => options.at?.("begun") };
}

const TELLING = 5;
const REFUSES_ALL = "The mail server refuses every mail, not for the address. Look at what it says of the last ones.";
const PUTS_OFF_ALL = "The mail server takes no mails at the moment.";

interface Stop {
  problem: string;
  needsMending: boolean;
  /** Going on would only refuse more people. */
  forGood?: true;
}

/** What speaks against going on at once, of a batch in which nothing was accepted. */
function whyToStop({ accepted, refused, refusedForWhatItIs, forNow, notGiven }: MarkedMails, of: number): Stop | null {
  if (notGiven && (accepted === 0 || notGiven.needsMending)) return notGiven;
  if (accepted > 0 || of < TELLING) return null;
  if (refused > 0 && refusedForWhatItIs === of) return { problem: REFUSES_ALL, needsMending: true, forGood: true };
  return forNow === of ? { problem: PUTS_OFF_ALL, needsMending: false } : null;
}

async function leave(scope: Scope, campaignId: string, until: string, { at }: SendingOptions): Promise<void> {
  const latest = later(scope.clock.now(), LONGEST_WAIT_MS);
  await comeBack(scope, campaignId, until < latest ? until : latest);
  at?.("asked-to-come-back");
}
