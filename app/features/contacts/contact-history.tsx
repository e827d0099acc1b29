import { type HistoryEntry } from "~/features/contacts/history.server";
import { formatInstant, formatRelative, type Place } from "~/platform/time";
import { BeforeAfter } from "~/ui/figures";
import { Time } from "~/ui/time";
import { Trail } from "~/ui/trail";

interface ContactHistoryProps {
  entries: HistoryEntry[];
  /** `/acme/contacts` */
  base: string;
  place: Place;
  now: string;
}

/** Who did what and when, the newest first, with what it changed. */
export function ContactHistory({ entries, base, place, now }: ContactHistoryProps) {
  return (
    <Trail
      entries={entries.map((entry) => ({
        key: entry.key,
        at: (
          <Time at={entry.at} title={formatRelative(place.locale, entry.at, now)}>
            {formatInstant(place, entry.at)}
          </Time>
        ),
        text: <Sentence entry={entry} base={base} />,
      }))}
    />
  );
}

function Sentence({ entry, base }: { entry: HistoryEntry; base: string }) {
  const { what, who, relationship, unpinned, changes } = entry;
  return (
    <>
      {what}
      {unpinned.length > 0 ? `: ${unpinned.join(", ").toLowerCase()}` : null}
      {relationship ? (
        <>
          : {relationship.words} <a href={`${base}/${relationship.otherId}`}>{relationship.otherName}</a>
        </>
      ) : null}
      <span className="quiet">, {who ?? "Tallybook"}</span>
      {changes.length > 0 ? (
        <details className="small">
          <summary>{changes.map((change) => change.label).join(", ")}</summary>
          <ul>
            {changes.map((change) => (
              <li key={change.label}>
                {change.label}: <BeforeAfter before={change.before} after={change.after} />
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </>
  );
}
