/** A campaign's funnel line by line: what each number is, of whom its share is taken, and where its rows are. */
import { type CampaignChannel } from "~/features/campaigns/campaign";
import { type FigureFilter } from "~/features/campaigns/figures/figure-filter";
import { answered, type Answers, type Funnel, responded } from "~/features/campaigns/figures/funnel";
import { FEW, shareText, shareWithInterval } from "~/features/campaigns/figures/shares";
import { leftOutNames } from "~/features/campaigns/recipients/left-out";

export interface FunnelLine {
  key: string;
  label: string;
  /** What the number is, in words. */
  meaning: string;
  /** Within how many lines above it stands. */
  depth: number;
  count: number;
  /** "8 % (5–11 %) of those reached"; "" where none is taken. */
  share: string;
  /** Of the whole list, for a bar. */
  ofList: number;
  /** Its rows. */
  filter: Partial<FigureFilter>;
}

interface Words {
  tried: string;
  reached: string;
  failed: string;
  underWay: string;
}

const words: Record<CampaignChannel, Words> = {
  email: {
    tried: "A mail was given to their server, or was about to be.",
    reached: "Their server took the mail, and it did not come back.",
    failed:
      "Refused by their server, or came back: not delivered. Only bad addresses are given up; a full mailbox is written to again in other campaigns.",
    underWay: "Being given to their server now, or cut off there.",
  },
  phone: {
    tried: "They were called.",
    reached: "Somebody spoke to them.",
    failed: "The number is not theirs.",
    underWay: "Nobody answered yet, or they are to be called back.",
  },
  letter: {
    tried: "A letter was printed.",
    reached: "Their letter was printed, and did not come back.",
    failed: "Their letter came back.",
    underWay: "How it ends is open.",
  },
};

type Given = Omit<FunnelLine, "meaning" | "share" | "ofList"> & Partial<Pick<FunnelLine, "meaning" | "share">>;

/** Lines of nobody are there only where the funnel would be hard to follow without them. */
export function funnelLines(funnel: Funnel, channel: CampaignChannel, locale: string): FunnelLine[] {
  const lines = [
    ...beginning(funnel),
    ...outcomes(funnel, words[channel], locale),
    ...answers(funnel.reached, locale),
    ...rest(funnel, words[channel], locale),
  ];
  return lines
    .filter(({ count, key }) => count > 0 || kept.has(key))
    .map((line) => ({
      ...{ meaning: "", share: "" },
      ...line,
      ofList: funnel.listed > 0 ? line.count / funnel.listed : 0,
    }));
}

const kept = new Set(["listed", "tried", "reached", "responded", "converted"]);

function beginning({ listed, parts, leftOut }: Funnel): Given[] {
  return [
    { key: "listed", label: "On the list", depth: 0, count: listed, meaning: "All that were put on it.", filter: {} },
    {
      ...{ key: "left-out", label: "Left out", depth: 1, count: parts["left-out"], filter: { part: "left-out" } },
      meaning: "Nobody writes to them, for the reasons below.",
    },
    ...leftOut.map(({ reason, count }) => ({
      ...{ key: reason, label: leftOutNames[reason], depth: 2, count },
      filter: { part: "left-out" as const, reason },
    })),
    {
      ...{ key: "to-come", label: "Still to come", depth: 1, count: parts["to-come"], filter: { part: "to-come" } },
      meaning: "Nothing has been tried yet.",
    },
  ];
}

function outcomes({ parts, tried }: Funnel, { tried: triedWords, reached }: Words, locale: string): Given[] {
  return [
    { key: "tried", label: "Tried", depth: 1, count: tried, meaning: triedWords, filter: { part: "tried" } },
    {
      ...{ key: "reached", label: "Reached", depth: 2, count: parts.reached, meaning: reached },
      ...{ share: ofThose(parts.reached, tried, "tried", locale), filter: { part: "reached" } },
    },
  ];
}

function answers(reached: Answers, locale: string): Given[] {
  const all = answered(reached) + reached.pending;
  const line = (key: string, label: string, count: number, answer: FigureFilter["answer"]): Given => ({
    ...{ key, label, count, depth: key === "converted" ? 4 : 3, filter: { part: "reached", answer } },
    share: ofThose(count, all, "reached", locale),
  });
  const sure = (count: number) => (all > 0 ? `${shareWithInterval(count, all, locale)} ${whom(all, "reached")}` : "");
  return [
    {
      ...line("responded", "Responded", responded(reached), "positive"),
      meaning: "Converted or not; never whoever is not interested.",
      share: sure(responded(reached)),
    },
    {
      ...line("converted", "Converted", reached.converted, "converted"),
      meaning: "Of those who responded.",
      share: sure(reached.converted),
    },
    line("not-interested", "Not interested", reached.notInterested, "not-interested"),
    { ...line("pending", "Pending", reached.pending, "pending"), meaning: "Reached, and no answer yet." },
  ];
}

function rest({ parts, tried, unreached }: Funnel, { failed, underWay }: Words, locale: string): Given[] {
  const part = (key: "failed" | "unknown" | "under-way", label: string, meaning: string): Given => ({
    ...{ key, label, meaning, depth: 2, count: parts[key], filter: { part: key } },
    share: ofThose(parts[key], tried, "tried", locale),
  });
  return [
    part("failed", "Failed", failed),
    part("unknown", "Not known", "Cut off while it was given to the server: nobody knows whether it arrived."),
    part("under-way", "Under way", underWay),
    {
      ...{ key: "unreached", label: "Answered without being reached", depth: 0, count: answered(unreached) },
      meaning: "Beside the above: they answered, though nothing says that this campaign reached them.",
      filter: { part: "elsewhere", answer: "any" },
    },
  ];
}

/** "92 % of those tried", of few "11 of 12 tried". */
function ofThose(count: number, of: number, word: string, locale: string): string {
  return of > 0 ? `${shareText(count, of, locale)} ${whom(of, word)}` : "";
}

function whom(of: number, word: string): string {
  return of < FEW ? word : `of those ${word}`;
}

/** That it adds up, in numbers. */
export function sums(funnel: Funnel, locale: string): string[] {
  const { listed, parts, tried, reached } = funnel;
  const all = [
    [listed, "on the list", [parts["left-out"], "left out"], [parts["to-come"], "still to come"], [tried, "tried"]],
    [
      ...([tried, "tried", [parts.reached, "reached"], [parts.failed, "failed"]] as const),
      ...([
        [parts.unknown, "not known"],
        [parts["under-way"], "under way"],
      ] as const),
    ],
    [
      ...([parts.reached, "reached", [responded(reached), "responded"]] as const),
      ...([
        [reached.notInterested, "not interested"],
        [reached.pending, "pending"],
      ] as const),
    ],
  ] as const;
  const number = (count: number) => count.toLocaleString(locale);
  return all
    .filter(([whole]) => whole > 0)
    .map(([whole, word, ...some]) => {
      const addends = (some as readonly (readonly [number, string])[]).filter(([count]) => count > 0);
      return `${number(whole)} ${word} = ${addends.map(([count, what]) => `${number(count)} ${what}`).join(" + ")}.`;
    });
}
