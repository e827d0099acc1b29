/** What is done with connectors that somebody ticked, and in which words it is told. */
import { type Moved } from "~/features/connectors/move-connectors.server";
import { type StartedAgain } from "~/features/connectors/runs/start-again.server";
import { type StartResult } from "~/features/connectors/runs/start-sync.server";
import { type RunMode } from "~/features/pipeline/run/run";
import { flash, type Flash, warning } from "~/http/flash.server";
import { readForm } from "~/http/form.server";
import { type RouteArgs } from "~/http/scope.server";
import { isId } from "~/platform/ids.server";
import { stateWords } from "~/routes/connectors/standing";

const MOST = 500;

export async function tickedIds({ request }: Pick<RouteArgs, "request">): Promise<string[]> {
  return tickedIn(await readForm(request));
}

/** Each once, and no more than there can be. */
export function tickedIn(sent: FormData): string[] {
  const ids = sent.getAll("id").filter((id): id is string => typeof id === "string" && isId(id));
  return [...new Set(ids)].slice(0, MOST);
}

export const nothingTicked = warning("Nothing was chosen. Tick the connectors first.");

/** A message holds so many characters. */
const shortened = (text: string) => (text.length > 500 ? `${text.slice(0, 499)}…` : text);

export function movedMessage({ moved, left }: Moved, done: string): Flash {
  const told = moved.length > 0 ? [`${done}: ${moved.join(", ")}.`] : [];
  const others = left.map(({ name, state }) => `${name} stays as it is: ${stateWords(state).toLowerCase()}.`);
  const text = shortened([...told, ...others].join(" ") || `Nothing to do: it was so already.`);
  return left.length > 0 ? warning(text) : flash(text);
}

type WhyNotStarted = Extract<StartedAgain, { ok: false }>["reason"];

const reasons: Record<WhyNotStarted, string> = {
  "not-found": "It is no longer there, or its system is offered no longer.",
  "at-work": "It is being read already.",
  asking: "It waits for an answer: give that first.",
  "needs-reconnecting": "It has to be connected again first.",
  "setting-up": "It is still being set up.",
  "nothing-chosen": "Nothing is chosen yet that could be read.",
  "not-this":
    "That cannot be done once more from here: other runs have followed it, or it was an answer to a question.",
};

export const begun: Record<RunMode, string> = {
  changes: "It is being read.",
  whole: "Everything is being read anew.",
  refused: "What was refused is tried again.",
  answer: "What is left of what it brought is being taken away.",
};

export const whyNotStarted = (reason: WhyNotStarted): string => reasons[reason];

export function startedMessage(results: readonly { name: string; result: StartResult }[]): Flash {
  const begun = results.filter(({ result }) => result.ok).map(({ name }) => name);
  const not = results.flatMap(({ name, result }) => (result.ok ? [] : [`${name}: ${reasons[result.reason]}`]));
  const text = shortened([...(begun.length > 0 ? [`Started: ${begun.join(", ")}.`] : []), ...not].join(" "));
  return not.length > 0 ? warning(text) : flash(text);
}
