/** What people type when they decide. */
import { isStorable } from "~/features/reconciliation/results/finding-filter";
import { isDate } from "~/platform/time";

export const LONGEST_REASON = 300;

/** What happened on a day, to stand beside it in the trend; or what is wrong with each field. */
export function readAnnotation(typed: { day: string; text: string }, today: string) {
  const day = typed.day.trim();
  const read = readLine(typed.text, "Write what happened.");
  const dayProblem = isDate(day) ? (day > today ? "That day is still to come." : null) : "Choose the day.";
  if (dayProblem !== null || !read.ok) {
    return { ok: false as const, problems: { day: dayProblem, text: read.ok ? null : read.problem } };
  }
  return { ok: true as const, annotation: { day, text: read.reason } };
}

/** One line; or what is wrong with it. */
export function readReason(typed: string): Line {
  return readLine(typed, "Give the reason: somebody will ask for it.");
}

type Line = { ok: true; reason: string } | { ok: false; problem: string };

function readLine(typed: string, none: string): Line {
  const reason = typed.replace(/\s+/gu, " ").trim();
  if (reason === "") return { ok: false, problem: none };
  if (Array.from(reason).length > LONGEST_REASON) {
    return { ok: false, problem: `Use at most ${LONGEST_REASON} characters.` };
  }
  return isStorable(reason) ? { ok: true, reason } : { ok: false, problem: "It has characters that cannot be kept." };
}
