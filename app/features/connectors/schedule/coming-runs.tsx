import { Panel } from "~/ui/panel";
import { Time } from "~/ui/time";

export interface ComingRun {
  at: string;
  /** The day and time in the account's zone. */
  text: string;
  ago: string;
}

interface ComingRunsProps {
  words: string;
  runs: readonly ComingRun[];
  /** Why it does not run by itself now, although its schedule says so; null: it does. */
  rests: string | null;
  place: string;
}

/** When it runs next, by what is saved. */
export function ComingRuns({ words, runs, rests, place }: ComingRunsProps) {
  return (
    <Panel title={words} line={runs.length === 0 ? undefined : `By the clocks of ${place}.`}>
      {rests ? <p className="quiet">{rests}</p> : null}
      {runs.length === 0 ? (
        <p className="quiet">It runs when somebody says so.</p>
      ) : (
        <>
          <p>{rests ? "It would run:" : "It runs next:"}</p>
          <ol className="coming">
            {runs.map(({ at, text, ago }) => (
              <li key={at}>
                <Time at={at} title={ago}>
                  {text}
                </Time>
              </li>
            ))}
          </ol>
        </>
      )}
    </Panel>
  );
}
