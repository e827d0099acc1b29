/** A campaign: a mailing, a round of calls or a run of letters, to contacts of the firm, and what they answered. */
import { type Mailing } from "~/features/campaigns/mailing/mailing";
import { LONGEST_TEXT } from "~/features/campaigns/text/parse-text";

export const channels = ["email", "phone", "letter"] as const;
export type CampaignChannel = (typeof channels)[number];

export const channelNames: Record<CampaignChannel, string> = {
  email: "Email",
  phone: "Phone calls",
  letter: "Letters",
};

export const states = ["draft", "running", "completed"] as const;
export type CampaignState = (typeof states)[number];

export const stateNames: Record<CampaignState, string> = {
  draft: "Draft",
  running: "Running",
  completed: "Completed",
};

/** How a contact's place on the list stands; the same on every channel. */
export const responses = ["pending", "responded", "converted", "not-interested"] as const;
export type Response = (typeof responses)[number];

export const responseNames: Record<Response, string> = {
  pending: "Pending",
  responded: "Responded",
  converted: "Converted",
  "not-interested": "Not interested",
};

/** In characters. */
export const campaignLimits = {
  name: 120,
  description: 2_000,
  topic: 60,
  subject: 200,
  body: LONGEST_TEXT,
  words: 60,
  prefix: 6,
  pauseMonths: 120,
} as const;

export interface CampaignCounts {
  /** Contacts on the list, with those who are left out. */
  listed: number;
  leftOut: number;
  /** Answered so far, whether or not more came of it. */
  responded: number;
  /** Of them, those of whom more came. */
  converted: number;
  notInterested: number;
  /** Of all conversions, in minor units of the campaign's currency. */
  valueMinor: bigint;
  /** Their server took the mail and did not send it back; their letter was printed and did not come back; spoken to. */
  reached: number;
  /** Refused, bounced, returned, or nobody of theirs at that number. */
  failed: number;
  /** Mails that were cut off while they were given to the server: nobody knows whether they arrived. */
  unknown: number;
  /** Of those who were reached. */
  reachedResponded: number;
  reachedConverted: number;
}

export interface Campaign extends CampaignCounts {
  id: string;
  name: string;
  channel: CampaignChannel;
  state: CampaignState;
  topic: string | null;
  /** A plain date. */
  plannedOn: string | null;
  currency: string;
  /** Minor units. */
  costMinor: bigint;
  createdAt: string;
  startedAt: string | null;
  completedAt: string | null;
  archivedAt: string | null;
}

export interface WholeCampaign extends Campaign {
  description: string | null;
  /** Of an email. */
  subject: string | null;
  /** Markdown: of an email or letter what it says, of a round of calls the script. */
  body: string;
  codePrefix: string | null;
  respondedWords: string | null;
  convertedWords: string | null;
  /** For so long whoever is not interested is spared its topic; null: not at all. */
  pauseMonths: number | null;
  ownerId: string | null;
  ownerName: string | null;
  createdBy: string | null;
  startedBy: string | null;
  completedBy: string | null;
  version: number;
  /** Of an email: how it is sent, and how far that has come. */
  mailing: Mailing;
}

/** Whoever is written to. */
export function recipientCount({ listed, leftOut }: Pick<CampaignCounts, "listed" | "leftOut">): number {
  return listed - leftOut;
}
