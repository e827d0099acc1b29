import { type ReactNode } from "react";

export interface TrailEntry {
  key: string;
  /** Usually a `Time`. */
  at: ReactNode;
  /** What happened, and who did it, in a sentence. */
  text: ReactNode;
}

/** A history, newest first. */
export function Trail({ entries }: { entries: TrailEntry[] }) {
  return (
    <ol className="trail">
      {entries.map((entry) => (
        <li key={entry.key}>
          <span className="when">{entry.at}</span>
          {entry.text}
        </li>
      ))}
    </ol>
  );
}
