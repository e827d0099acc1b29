/** What may be said of rows of orders and transactions beyond new, changed and the same. */
import { type SubjectRemark } from "~/features/pipeline/subject";

export const THERE_ALREADY = "there-already";
export const NOT_THERE = "not-there";
export const FURTHER_LINE = "further-line";
export const ADDED_UP = "added-up";
export const DAMAGED_ID = "damaged-id";
export const LOCAL_TIME = "local-time";
export const DAY_ONLY = "day-only";

function remark(short: string, one: string, many: string): SubjectRemark {
  return {
    short,
    sentence: (rows, locale) => (rows === 1 ? `1 row ${one}` : `${rows.toLocaleString(locale)} rows ${many}`),
    query: null,
  };
}

export const recordRemarks: Readonly<Record<string, SubjectRemark>> = {
  [THERE_ALREADY]: remark(
    "there already",
    "is there already, and was left as it is.",
    "are there already, and were left as they are.",
  ),
  [NOT_THERE]: remark("not there", "is not there yet, and was left out.", "are not there yet, and were left out."),
  [FURTHER_LINE]: remark(
    "a further line",
    "says a number and no amount: a further line of an order, which says nothing else.",
    "say a number and no amount: further lines of orders, which say nothing else.",
  ),
  [ADDED_UP]: remark(
    "added up",
    "is by the same name as one above, and was added to it.",
    "are by the same name as others above, and were added to them.",
  ),
  [DAMAGED_ID]: remark(
    "an id was damaged by a spreadsheet",
    "has an id that a spreadsheet has damaged, like 1.23E+15. What it was cannot be known, and nothing is guessed.",
    "have ids that a spreadsheet has damaged, like 1.23E+15. What they were cannot be known, and nothing is guessed.",
  ),
  [LOCAL_TIME]: remark(
    "time without a zone",
    "has a time without a zone; it was read as the account's clocks show it.",
    "have times without a zone; they were read as the account's clocks show them.",
  ),
  [DAY_ONLY]: remark(
    "no time of day",
    "has a day and no time; it stands at the start of that day.",
    "have a day and no time; they stand at the start of that day.",
  ),
};
