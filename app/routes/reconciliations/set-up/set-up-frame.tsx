import { type ReactNode } from "react";
import { type SetUpFrameFacts } from "~/routes/reconciliations/set-up/set-up-facts.server";
import { PageHead } from "~/ui/page-head";
import { Steps } from "~/ui/steps";
import { Tabs } from "~/ui/tabs";

interface SetUpFrameProps {
  frame: SetUpFrameFacts;
  /** Of a page for itself; while it is set up the title is that of the reconciliation. */
  title: string;
  line: string;
  children: ReactNode;
}

/** What the steps of setting a reconciliation up have in common. */
export function SetUpFrame({ frame: { name, base, steps, tabs }, title, line, children }: SetUpFrameProps) {
  return (
    <>
      <PageHead
        title={steps ? `Set up ${name}` : `${title}: ${name}`}
        line={line}
        back={steps ? { href: base.replace(/\/[^/]+$/, ""), label: "Reconciliations" } : { href: base, label: name }}
      />
      {steps ? <Steps {...steps} /> : <Tabs label="Settings" tabs={tabs} />}
      {children}
    </>
  );
}
