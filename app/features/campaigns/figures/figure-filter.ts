/** Which part of a campaign's list a figure counts, as an address says it: every figure leads to its rows. */
import { type Response, responses } from "~/features/campaigns/campaign";
import { type Part, parts } from "~/features/campaigns/figures/funnel";
import { type LeftOut, leftOutNames, leftOutReasons } from "~/features/campaigns/recipients/left-out";
import { isStorable } from "~/features/contacts/values/typed-text";
import { formatShortDate, isDate, type Place } from "~/platform/time";

/** `tried`: all but those left out or still to come. `elsewhere`: all but those reached. */
export const figureParts = [...parts, "tried", "elsewhere"] as const;
export type FigurePart = Part | "tried" | "elsewhere";
/** `positive`: whoever responded, converted or not. `any`: whoever answered anything. */
export const figureAnswers = [...responses, "positive", "any"] as const;
export type FigureAnswer = Response | "positive" | "any";

export interface FigureFilter {
  part: FigurePart | null;
  answer: FigureAnswer | null;
  /** Why they are left out. */
  reason: LeftOut | null;
  /** Days of the answer, both included. */
  from: string | null;
  until: string | null;
  /** Its id. */
  tag: string | null;
  /** Folded; "" for those of whom no town is known. */
  town: string | null;
}

const everybody: FigureFilter = {
  ...{ part: null, answer: null, reason: null },
  ...{ from: null, until: null, tag: null, town: null },
};

export function readFigureFilter(params: URLSearchParams): FigureFilter {
  const date = (name: string) => {
    const text = params.get(name);
    return text !== null && isDate(text) ? text : null;
  };
  const text = (name: string) => {
    const said = params.get(name);
    return said !== null && isStorable(said) ? said : null;
  };
  return {
    part: figureParts.find((part) => part === params.get("part")) ?? null,
    answer: figureAnswers.find((answer) => answer === params.get("answer")) ?? null,
    reason: leftOutReasons.find((reason) => reason === params.get("why")) ?? null,
    from: date("from"),
    until: date("until"),
    tag: text("tag"),
    town: text("town"),
  };
}

/** "?part=reached&answer=converted"; "" for everybody. */
export function figureQuery(some: Partial<FigureFilter>): string {
  const { reason, ...rest } = { ...everybody, ...some };
  const said = Object.entries({ ...rest, why: reason }).filter((entry): entry is [string, string] => entry[1] !== null);
  return said.length > 0 ? `?${new URLSearchParams(said).toString()}` : "";
}

export const partNames: Record<FigurePart, string> = {
  "left-out": "Left out",
  "to-come": "Still to come",
  "under-way": "Under way",
  reached: "Reached",
  failed: "Failed",
  unknown: "Not known",
  tried: "Tried",
  elsewhere: "Not reached",
};

const answerWords: Record<FigureAnswer, string> = {
  pending: "no answer yet",
  responded: "responded, and no more came of it",
  converted: "converted",
  "not-interested": "not interested",
  positive: "responded, converted or not",
  any: "answered",
};

/** "Reached, converted, in Leeds". `names`: of the tag and the town. */
export function filterWords(
  filter: FigureFilter,
  names: { tag: string | null; town: string | null },
  place: Place,
): string {
  const { part, answer, reason, tag, town } = filter;
  const words = [
    part ? partNames[part] : "All on the list",
    reason && leftOutNames[reason].toLowerCase(),
    answer && answerWords[answer],
    daysText(filter, place),
    tag !== null && `tag “${names.tag ?? "that is gone"}”`,
    town !== null && (town === "" ? "no town known" : `in ${names.town ?? town}`),
  ];
  return words.filter(Boolean).join(", ");
}

function daysText({ from, until }: FigureFilter, place: Place): string {
  if (from && from === until) return `on ${formatShortDate(place, from)}`;
  const some = [from && `from ${formatShortDate(place, from)}`, until && `to ${formatShortDate(place, until)}`];
  return some.filter(Boolean).join(" ");
}
