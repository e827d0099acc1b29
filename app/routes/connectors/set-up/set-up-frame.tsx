import { type ReactNode } from "react";
import { type SourceProblem } from "~/features/connectors/set-up/look-up-offers.server";
import { type SetUpFrameFacts } from "~/routes/connectors/set-up/set-up-facts.server";
import { Banner } from "~/ui/banner";
import { PageHead } from "~/ui/page-head";
import { Steps } from "~/ui/steps";

interface SetUpFrameProps {
  frame: SetUpFrameFacts;
  /** Of a page for itself; while it is set up the title is that of the connector. */
  title: string;
  line: string;
  actions?: ReactNode;
  children: ReactNode;
}

/** What the steps of setting a connector up have in common. */
export function SetUpFrame({ frame: { name, base, steps }, title, line, actions, children }: SetUpFrameProps) {
  return (
    <>
      <PageHead
        title={steps ? `Set up ${name}` : title}
        line={line}
        back={{ href: base, label: name }}
        actions={actions}
      />
      {steps ? <Steps {...steps} /> : null}
      {children}
    </>
  );
}

/** The source cannot be asked: what is wrong, and what to do. */
export function SourceTrouble({ problem, base }: { problem: SourceProblem; base: string }) {
  if (!problem.isAccess) return <Banner tone="warn">{problem.words}</Banner>;
  return (
    <Banner tone="warn" undo={{ href: `${base}/connection`, label: "To its connection" }}>
      {problem.words}
    </Banner>
  );
}
