import { type ReactNode } from "react";
import { type RefusedRecord } from "~/features/pipeline/corrections/refused-rows.server";
import { ReasonWithLinks } from "~/features/pipeline/corrections/reason-with-links";
import { readWords, whyNotSaid } from "~/features/pipeline/run/receipt-words";
import { type ConnectorRun } from "~/features/pipeline/run/run-of-connector.server";
import { type RunFacts } from "~/features/pipeline/run/runs.server";
import { type Place } from "~/platform/time";
import { ButtonLink, PostButton } from "~/ui/button";
import { Figures } from "~/ui/figures";
import { formatCount } from "~/ui/pagination";
import { Panel } from "~/ui/panel";
import { Table } from "~/ui/table";

interface ReceiptProps {
  run: RunFacts;
  connector: ConnectorRun;
  /** What it did beside, in a sentence. */
  beside: string | null;
  place: Place;
}

/** What a run of a connector did, in numbers that add up: from what the source says to what is stored. */
export function Receipt({ run, connector, beside, place }: ReceiptProps) {
  const number = (count: number) => formatCount(count, place);
  const { read, created, changed, same, refused } = run.counts;
  const { said, held, gone, goneAsked, stored, takesAway, answer } = connector;
  const taken = [
    ...(said === null ? [] : [{ value: number(said), label: "at the source" }]),
    { value: number(read), label: "read" },
    { value: number(created), label: "new" },
    { value: number(changed), label: "changed" },
    { value: number(same), label: "the same" },
    { value: number(refused), label: "refused" },
    ...(held > 0 ? [{ value: number(held), label: heldWords(answer) }] : []),
  ];
  const why = whyNotSaid(run.state, connector);
  return (
    <>
      <p className="mb-3">
        {readWords(run.state, connector, { read: number(read), isNothing: read === 0 })} {why}
      </p>
      <Figures
        figures={[
          ...(readsNothing(connector) ? [] : taken),
          ...(tellsGone(connector)
            ? [{ value: number(gone), label: takesAway ? "records taken away" : "gone there" }]
            : []),
          ...(goneAsked > 0 ? [{ value: number(goneAsked), label: "gone there, left to an answer" }] : []),
          ...(stored === null ? [] : [{ value: number(stored), label: "stored after it" }]),
        ]}
      />
      {beside === null ? null : <p className="mb-4">{beside}</p>}
    </>
  );
}

const readsNothing = ({ takesAway, leaves }: ConnectorRun) => takesAway || leaves;
const tellsGone = ({ gone, mode, leaves }: ConnectorRun) => gone > 0 || (mode !== "refused" && !leaves);
const heldWords = (answer: ConnectorRun["answer"]) => (answer ? "left to an answer" : "waiting for an answer");

/** What can be begun again from the page of a run, by whoever may; null: nothing, or not by them. */
export interface Again {
  /** Where what this run did is begun once more; null: it went well, or only somebody's decision could. */
  repetition: string | null;
  /** Where the refused are tried again, and how many the connector has now; null: none, or it cannot be read. */
  refused: { action: string; count: number } | null;
}

interface RefusedProps {
  base: string;
  place: Place;
  refused: RefusedRecord[];
  left: number;
  again: Again | null;
}

/** Records that were not taken, by name, and as their source calls them; what they said before stays. */
export function RefusedRecords({ base, place, refused, left, again }: RefusedProps) {
  const all = formatCount(left, place);
  const shown = new Set(refused.map((line) => line.position)).size;
  const orNone = (text: string | null) => text ?? <span className="quiet">–</span>;
  return (
    <Panel
      title={
        shown >= left ? `Refused records, ${all}` : `Refused records, the first ${formatCount(shown, place)} of ${all}`
      }
      line={`Correct them at the source: the next run takes them. What they said before stays as it is.${again?.refused ? " Where the mapping was wrong, change it and try them again." : ""}`}
      actions={again?.refused ? <OnlyRefused {...again.refused} place={place} /> : null}
    >
      <Table
        bare
        caption="Refused records"
        rows={refused}
        rowKey={(line) => `${line.position}-${line.ordinal}`}
        under={({ kind, name, remoteId }) => [kind, name === null ? null : remoteId].filter(Boolean).join(" ") || null}
        columns={[
          {
            ...{ key: "record", label: "Record", onPhone: "labelled" },
            cell: ({ name, remoteId }) => orNone(name ?? remoteId),
          },
          { key: "column", label: "Column", cell: (line) => orNone(line.column) },
          { key: "value", label: "Value", cell: (line) => orNone(line.value) },
          { key: "reason", label: "Why", cell: (line) => <ReasonWithLinks {...{ base, ...line }} /> },
        ]}
      />
    </Panel>
  );
}

/** All that the connector has refused by now, whichever run did. */
function OnlyRefused({ action, count, place }: { action: string; count: number; place: Place }): ReactNode {
  return (
    <PostButton small action={action} fields={{ mode: "refused" }}>
      Try only the refused again, {formatCount(count, place)}
    </PostButton>
  );
}

interface AfterProps {
  base: string;
  connectorId: string;
  /** "contacts" */
  subject: string;
  again: Again | null;
  /** The page of what it changed; null: there is none, or not for whoever reads. */
  changesHref: string | null;
  undo: { href: string; label: string } | null;
  /** What is to be done first stands at the head of the page. */
  leadsOn: boolean;
}

/** What can be done once a run of a connector has ended. */
export function AfterRun({ base, connectorId, subject, again, changesHref, undo, leadsOn }: AfterProps) {
  const isOfContacts = subject === "contacts";
  return (
    <div className="actions mt-4">
      {again?.repetition ? (
        <PostButton tone="primary" action={again.repetition}>
          Start again
        </PostButton>
      ) : null}
      {changesHref ? (
        <ButtonLink href={changesHref} tone={again?.repetition || leadsOn ? undefined : "primary"}>
          {isOfContacts ? "See whom it changed" : "See what it changed"}
        </ButtonLink>
      ) : null}
      {isOfContacts ? (
        <ButtonLink href={`${base}/contacts?sort=changed`}>All contacts, the last changed first</ButtonLink>
      ) : (
        <ButtonLink href={`${base}/data/${subject}?connector=${connectorId}`}>
          All its {subject}, the latest first
        </ButtonLink>
      )}
      {undo ? <ButtonLink href={undo.href}>{undo.label}</ButtonLink> : null}
    </div>
  );
}
