import { type ReactNode } from "react";
import { type SetUpStep } from "~/features/connectors/set-up-steps";
import { type ConnectorView } from "~/routes/connectors/connector/connector.server";
import { Banner } from "~/ui/banner";
import { ButtonLink } from "~/ui/button";
import { Panel } from "~/ui/panel";
import { Status } from "~/ui/status";

/** A state in its word, colour and shape, and what somebody can do about it. */
export function HowItStands({ view }: { view: ConnectorView }) {
  const { standing, system, isOffered } = view;
  return (
    <>
      {isOffered ? null : (
        <Banner tone="warn">{system} is not offered here any more. What was read stays; nothing new comes in.</Banner>
      )}
      <Panel>
        <p>
          <Status of={standing.of}>{standing.words}</Status>
        </p>
        <Todo view={view} />
      </Panel>
    </>
  );
}

const steps: Record<SetUpStep, { words: string; verb: string }> = {
  connection: { words: "It has to be connected.", verb: "Connect it" },
  fields: { words: "It is connected. Next you choose what is read.", verb: "Choose what to read" },
  mapping: { words: "What is read is chosen. Next you say where it goes.", verb: "Say where it goes" },
  rules: { words: "Next you say how it is written beside what is there.", verb: "Say how it is written" },
  schedule: { words: "Next you say when it runs.", verb: "Say when it runs" },
  trial: { words: "All is chosen. A trial says what would be added, before it is switched on.", verb: "Try it out" },
};

/** What there is to do in each state; null: nothing. */
function Todo({ view }: { view: ConnectorView }): ReactNode {
  const { state, atWork } = view;
  if (state === "needs-reconnecting") return <Reconnect view={view} />;
  if (state === "asking") return <Asks view={view} />;
  if (state === "setting-up") return view.step ? <NextStep view={view} step={view.step} /> : null;
  if (atWork) {
    return (
      <p className="mt-2">
        It is being read right now. <a href={atWork}>Watch the run</a>
      </p>
    );
  }
  if (state === "paused") {
    return (
      <p className="mt-2">
        Nothing new comes in by itself until it is switched on again.
        {view.isWholeNext ? " Its next run reads everything." : null}
      </p>
    );
  }
  return (
    <p className="mt-2">
      Its next run: {view.next}.{view.isWholeNext ? " It reads everything." : null}
    </p>
  );
}

function NextStep({ view: { page, test, isByKey }, step }: { view: ConnectorView; step: SetUpStep }) {
  const { words, verb } = steps[step];
  const isRefused = step === "connection" && isByKey;
  return (
    <>
      <p className="mt-2 mb-3">
        {isRefused ? `It could not be read with what was entered. ${test?.problem ?? ""}` : words} Until it is switched
        on, nothing comes in.
      </p>
      <ButtonLink tone="primary" href={isRefused ? `${page}/settings` : `${page}/${step}`}>
        {isRefused ? "Change what was entered" : verb}
      </ButtonLink>
    </>
  );
}

function Reconnect({ view: { ended, page, system, isByKey, left } }: { view: ConnectorView }) {
  return (
    <>
      <p className="mt-2 mb-3">
        {ended ? `${ended.why} Since ${ended.at} nothing is read.` : `${system} does not let Tallybook in any more.`}{" "}
        {left}
      </p>
      <ButtonLink tone="primary" href={isByKey ? `${page}/settings` : `${page}/connection`}>
        {isByKey ? "Enter its key again" : "Connect it again, or send a link"}
      </ButtonLink>
    </>
  );
}

function Asks({ view: { question, page } }: { view: ConnectorView }) {
  return (
    <>
      <p className="mt-2 mb-3">
        {question ? `${question.words} Asked on ${question.at}. ` : null}Until somebody answers, nothing of that is
        followed, and nothing new comes in.
      </p>
      <ButtonLink tone="primary" href={`${page}/answer`}>
        See what it is about, and answer
      </ButtonLink>
    </>
  );
}
