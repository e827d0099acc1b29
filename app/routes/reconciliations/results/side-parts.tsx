import { Fragment } from "react";
import { type DecisionFacts, type SideFacts } from "~/routes/reconciliations/results/side-facts.server";
import { PostButton } from "~/ui/button";
import { Panel } from "~/ui/panel";
import { Table } from "~/ui/table";

/** What a side says, and where each of it comes from. */
export function SideValues({ side }: { side: SideFacts }) {
  return (
    <>
      <dl className="facts long-names">
        {side.values.map(({ label, text }) => (
          <Fragment key={label}>
            <dt>{label}</dt>
            <dd className="wrap-anywhere">{text}</dd>
          </Fragment>
        ))}
      </dl>
      <p className="small quiet mt-3">
        {side.isGone ? "Its source has it no longer. " : null}
        {side.from ? `From ${side.from}${side.since ? `, as it is since ${side.since}` : ""}. ` : null}
        <a href={side.href}>Each value, followed back to what was received</a>
      </p>
    </>
  );
}

interface DecisionsProps {
  decisions: DecisionFacts[];
  mayWrite: boolean;
}

/** What people decided, the withdrawn among it. */
export function Decisions({ decisions, mayWrite }: DecisionsProps) {
  if (decisions.length === 0) return <p className="quiet">Nobody has decided anything about it.</p>;
  return (
    <ul className="grid gap-3">
      {decisions.map(({ id, words, other, reason, decided, withdrawn, isYetToCount, withdrawPath }) => (
        <li key={id}>
          <b>{words}</b>
          {other ? (
            <>
              : <a href={other.href}>{other.name}</a>
            </>
          ) : null}
          {reason ? `: ${reason}` : ""} <span className="quiet">({decided})</span>
          {withdrawn ? <span className="quiet">, withdrawn by {withdrawn}</span> : null}
          {isYetToCount ? <span className="under">Counts from the next comparison on.</span> : null}
          {withdrawn === null && mayWrite ? (
            <div className="mt-1">
              <PostButton small action={withdrawPath}>
                Withdraw
                <span className="sr-only"> “{words}”</span>
              </PostButton>
            </div>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

interface HistoryLine {
  key: string;
  at: string;
  days: string;
  isThis: boolean;
  text: string;
  href: string;
}

/** What each of the latest comparisons found of it. */
export function History({ lines }: { lines: HistoryLine[] }) {
  return (
    <Panel title="In each comparison">
      <Table
        bare
        caption="In each comparison"
        rows={lines}
        rowKey={({ key }) => key}
        href={({ href, isThis }) => (isThis ? undefined : href)}
        under={({ isThis }) => (isThis ? "This one" : null)}
        columns={[
          { key: "at", label: "Compared", cell: ({ at }) => at },
          { key: "days", label: "Days", cell: ({ days }) => days },
          { key: "text", label: "What it found", cell: ({ text }) => text },
        ]}
      />
    </Panel>
  );
}

/** Flags in words. */
export function Flags({ flags }: { flags: { name: string; short: string; meaning: string }[] }) {
  if (flags.length === 0) return null;
  return (
    <ul className="mt-3">
      {flags.map(({ name, short, meaning }) => (
        <li key={name}>
          <b>{short}.</b> {meaning}
        </li>
      ))}
    </ul>
  );
}
