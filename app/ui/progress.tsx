import { type ReactNode } from "react";
import { PostButton } from "./button";
import { formatCount } from "./pagination";

export interface ProgressProps {
  /** What is being done: "Reading clients-2026.csv". */
  label: string;
  done: number;
  /** Left out while nobody knows. */
  total?: number;
  /** What is counted: "rows". */
  noun?: string;
  /** "about 900 a second" */
  rate?: string;
  /** "about 8 seconds left" */
  left?: string;
  /** The last lines of the log, oldest first. */
  log?: { key: string; at: ReactNode; text: ReactNode }[];
  cancelAction?: string;
  /** This page without the refresh, or with it again. */
  refresh?: { on: boolean; href: string };
  locale: string;
}

/** Long work under way. The page refreshes itself by a response header; the link stops that. */
export function Progress({ label, done, total, noun, rate, left, log, cancelAction, refresh, locale }: ProgressProps) {
  return (
    <div>
      <div className="progress-line">
        <b>{countText(done, total, noun, locale)}</b>
        <span className="quiet">{[rate, left].filter(Boolean).join(", ")}</span>
      </div>
      <progress className="progress" aria-label={label} max={total} value={total === undefined ? undefined : done} />
      <div className="progress-line small">
        <span className="quiet">You can close this page: the work goes on.</span>
        {refresh ? <a href={refresh.href}>{refresh.on ? "Stop refreshing" : "Refresh by itself"}</a> : null}
      </div>
      {log && log.length > 0 ? (
        <ol className="log" tabIndex={0} aria-label="The last lines of the log">
          {log.map((line) => (
            <li key={line.key}>
              {line.at}
              <span>{line.text}</span>
            </li>
          ))}
        </ol>
      ) : null}
      {cancelAction ? (
        <div className="actions mt-4">
          <PostButton action={cancelAction} tone="danger">
            Cancel
          </PostButton>
        </div>
      ) : null}
    </div>
  );
}

/** "3,120 of 10,000 rows", or "3,120 rows so far" while the total is unknown. */
export function countText(done: number, total: number | undefined, noun: string | undefined, locale: string): string {
  const what = noun ? ` ${noun}` : "";
  if (total === undefined) return `${formatCount(done, { locale })}${what} so far`;
  return `${formatCount(done, { locale })} of ${formatCount(total, { locale })}${what}`;
}
