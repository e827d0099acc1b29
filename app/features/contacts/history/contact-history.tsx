import { type ReactNode } from "react";
import { type ContactField } from "~/features/contacts/contact";
import { type FieldChange } from "~/features/contacts/history/history";
import { type HistoryEntry } from "~/features/contacts/history/history.server";
import { networkAddressText } from "~/platform/network-address";
import { formatInstant, formatRelative, type Place } from "~/platform/time";
import { PostButton } from "~/ui/button";
import { BeforeAfter } from "~/ui/figures";
import { Time } from "~/ui/time";
import { Trail } from "~/ui/trail";

interface ContactHistoryProps {
  entries: HistoryEntry[];
  /** `/acme/contacts` */
  base: string;
  place: Place;
  now: string;
  /** On the page of its own: all at a glance, with where from and what can be done about it. */
  whole?: {
    /** `/acme/changes` and `/acme/imports`. */
    changes: string;
    imports: string;
    mayWrite: boolean;
    /** What each field says now, as the history writes it: there is no need to restore that. */
    current: Partial<Record<ContactField, string>>;
  };
}

/** Who did what and when, the newest first, with what it changed. */
export function ContactHistory({ entries, place, now, ...rest }: ContactHistoryProps) {
  const undoing = undoButtons(entries);
  return (
    <Trail
      entries={entries.map((entry) => ({
        key: entry.key,
        at: (
          <Time at={entry.at} title={formatRelative(place.locale, entry.at, now)}>
            {formatInstant(place, entry.at)}
          </Time>
        ),
        text: <Sentence entry={entry} mayUndo={undoing.has(entry.key)} place={place} {...rest} />,
      }))}
    />
  );
}

/** The entries that carry a button: of what was changed at once the first one that is shown, as it is undone at once. */
function undoButtons(entries: readonly HistoryEntry[]): Set<string> {
  const first = new Map<string, string>();
  for (const { canUndo, changeSetId, key } of entries) {
    if (canUndo && !first.has(changeSetId)) first.set(changeSetId, key);
  }
  return new Set(first.values());
}

type SentenceProps = Omit<ContactHistoryProps, "entries" | "now"> & { entry: HistoryEntry; mayUndo: boolean };

function Sentence({ entry, mayUndo, base, place, whole }: SentenceProps) {
  const { what, who, relationship, unpinned } = entry;
  return (
    <>
      {what}
      {unpinned.length > 0 ? `: ${unpinned.join(", ").toLowerCase()}` : null}
      {relationship ? <Other {...relationship} base={base} /> : null}
      <span className="quiet">, {who ?? "Tallybook"}</span>
      {whole ? (
        <Whole entry={entry} mayUndo={mayUndo} place={place} whole={whole} />
      ) : (
        <Folded changes={entry.changes} />
      )}
    </>
  );
}

/** What changed, to be opened. */
function Folded({ changes }: { changes: FieldChange[] }) {
  if (changes.length === 0) return null;
  return (
    <details className="small">
      <summary>{changes.map((change) => change.label).join(", ")}</summary>
      <ul>
        {changes.map((change) => (
          <li key={change.label} className="whitespace-pre-wrap">
            {change.label}: <BeforeAfter before={change.before} after={change.after} />
          </li>
        ))}
      </ul>
    </details>
  );
}

type WholeProps = Pick<SentenceProps, "entry" | "mayUndo" | "place"> & {
  whole: NonNullable<ContactHistoryProps["whole"]>;
};

function Whole({ entry, mayUndo, place, whole }: WholeProps) {
  return (
    <>
      <Origin entry={entry} imports={whole.imports} place={place} />
      {entry.changes.length > 0 ? <Changes entry={entry} whole={whole} /> : null}
      {whole.mayWrite && mayUndo ? (
        <PostButton small action={`${whole.changes}/${entry.changeSetId}/undo`}>
          {entry.isOneOfSeveral ? "Undo all of it" : "Undo"}
          <span className="sr-only">: {entry.what}</span>
        </PostButton>
      ) : null}
    </>
  );
}

function Other({ words, otherId, otherName, base }: NonNullable<HistoryEntry["relationship"]> & { base: string }) {
  return (
    <>
      : {words} {otherId ? <a href={`${base}/${otherId}`}>{otherName}</a> : otherName}
    </>
  );
}

/** From where it was done, and whether it was undone. */
function Origin({ entry, imports, place }: { entry: HistoryEntry; imports: string; place: Place }) {
  const { runId, line, who, address, undone } = entry;
  const parts: ReactNode[] = [
    runId ? (
      <a key="run" href={`${imports}/${runId}`}>
        import{line ? `, line ${line.toLocaleString(place.locale)}` : ""}
      </a>
    ) : who ? (
      "on a page"
    ) : (
      "in the background"
    ),
    address ? `from ${networkAddressText(address)}` : null,
    undone ? `undone ${[undone.by, formatInstant(place, undone.at)].filter(Boolean).join(", ")}` : null,
  ];
  return (
    <span className="quiet small">
      {parts.filter(Boolean).map((part, index) => (
        <span key={index}> · {part}</span>
      ))}
    </span>
  );
}

function Changes({ entry, whole }: { entry: HistoryEntry; whole: NonNullable<ContactHistoryProps["whole"]> }) {
  return (
    <dl className="told small">
      {entry.changes.map((change) => (
        <div key={change.label}>
          <dt className="quiet">{change.label}</dt>
          <dd>
            {entry.isMaking ? null : (
              <>
                <Side change={change} side="before" entry={entry} whole={whole} />
                <span className="quiet" aria-hidden>
                  {" → "}
                </span>
              </>
            )}
            <Side change={change} side="after" entry={entry} whole={whole} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface SideProps {
  change: FieldChange;
  side: "before" | "after";
  entry: HistoryEntry;
  whole: NonNullable<ContactHistoryProps["whole"]>;
}

/** A value it had, with the button that sets it again where it says something else now. */
function Side({ change, side, entry, whole }: SideProps) {
  const { field, label } = change;
  const text = change[side];
  const isOld = field !== null && whole.current[field] !== text;
  const shown =
    side === "before" ? (
      <del className="whitespace-pre-wrap">{text}</del>
    ) : (
      <ins className="whitespace-pre-wrap">{text}</ins>
    );
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-2">
      {text ? shown : <span className="quiet">empty</span>}
      {isOld && whole.mayWrite ? (
        <PostButton small tone="bare" action="" fields={{ entry: entry.key, side, field }}>
          Restore
          <span className="sr-only">
            {" "}
            {label}: {text || "empty"}
          </span>
        </PostButton>
      ) : null}
    </span>
  );
}
