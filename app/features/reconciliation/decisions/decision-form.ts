/** What people type when they decide. */
import { isStorable } from "~/features/reconciliation/results/finding-filter";

export const LONGEST_REASON = 300;

/** One line; or what is wrong with it. */
export function readReason(typed: string): { ok: true; reason: string } | { ok: false; problem: string } {
  const reason = typed.replace(/\s+/gu, " ").trim();
  if (reason === "") return { ok: false, problem: "Give the reason: somebody will ask for it." };
  if (Array.from(reason).length > LONGEST_REASON) {
    return { ok: false, problem: `Use at most ${LONGEST_REASON} characters.` };
  }
  return isStorable(reason) ? { ok: true, reason } : { ok: false, problem: "It has characters that cannot be kept." };
}
