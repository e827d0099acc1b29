import { type Answer, isAtWork } from "~/features/pipeline/run/run";
import { type RunAnswer } from "~/features/pipeline/run/run-of-connector.server";
import { formatInstant, type Place } from "~/platform/time";
import { Banner } from "~/ui/banner";

interface AnsweredProps {
  base: string;
  place: Place;
  answer: RunAnswer;
}

const said: Record<Answer, string> = { follow: "follow it", leave: "leave it as it is here" };
const done: Record<Answer, string> = { follow: "followed here, too", leave: "left as it is here" };

/** What became of what a run asked. It is done only when the run that does it is, and stands. */
export function Answered({ base, place, answer: { at, by, answer, ...run } }: AnsweredProps) {
  const given = `What it asked was answered${by ? ` by ${by}` : ""}, ${formatInstant(place, at)}`;
  const link = (words: string) => <a href={`${base}/imports/${run.runId}`}>{words}</a>;
  const became = becameOf(run);
  if (became === null) {
    return (
      <Banner tone="good">
        {given}: it is {done[answer]}. {link("See the run that did it")}
      </Banner>
    );
  }
  return (
    <p className="my-4">
      {given}: {said[answer]}. The run for that {became}. {link("See that run")}
    </p>
  );
}

/** Null: it did what it should, and that stands. */
function becameOf({ state, isUndone }: Pick<RunAnswer, "state" | "isUndone">): string | null {
  if (isUndone) return "was undone";
  if (state === "done") return null;
  if (isAtWork(state)) return "is at work";
  if (state === "attention") return "has to be looked at";
  return state === "cancelled" ? "was cancelled" : "failed";
}
