import { type RunFacts } from "~/features/pipeline/run/runs.server";
import { type RunCounts, type RunState } from "~/features/pipeline/run/run";

/** How imports are spoken of on pages. */

export function importSteps(base: string, runId?: string) {
  const page = (name: string) => (runId ? `${base}/imports/${runId}/${name}` : undefined);
  return [
    { label: "File", href: `${base}/contacts/import` },
    { label: "Columns", href: page("columns") },
    { label: "Check", href: page("check") },
    { label: "Import" },
  ];
}

/** The states as `Status` knows them; a draft waits for a person. */
export function statusOf(state: RunState) {
  return state === "draft" ? ("pending" as const) : state;
}

/** Of a connector and of the run that a brake stopped alike. */
export const WAITS_FOR_ANSWER = "Waits for an answer";

/** Where the state's own word does not say it all. */
export function stateWord({ state, connector }: Pick<RunFacts, "state" | "connector">): string | undefined {
  if (connector?.asks) return WAITS_FOR_ANSWER;
  return state === "draft" ? "Not started" : undefined;
}

/** "1 row", "1,204 rows": a count with its noun, in the words of the log. */
export function countOf(count: number, noun: string, locale: string): string {
  return `${count.toLocaleString(locale)} ${count === 1 ? noun : `${noun}s`}`;
}

/** "1,204 rows: 3 new, 1 changed, 1,200 the same, none refused" */
export function countsLine({ read, created, changed, same, refused }: RunCounts, locale: string): string {
  const number = (count: number) => count.toLocaleString(locale);
  const rows = `${number(read)} ${read === 1 ? "row" : "rows"}`;
  return `${rows}: ${number(created)} new, ${number(changed)} changed, ${number(same)} the same, ${refused === 0 ? "none" : number(refused)} refused`;
}
