import { type ReactNode } from "react";
import { formatCount } from "./pagination";

/** The form around a table with ticks: each button in its `BulkBar` says by `formaction` where the ticked rows go. */
export function Chooser({ children }: { children: ReactNode }) {
  return (
    <form className="chooser" method="post">
      {children}
    </form>
  );
}

export interface BulkBarProps {
  /** Buttons with `formAction`. */
  children: ReactNode;
  /** Offers the whole list instead of the ticked rows: sends `all=<query>`. */
  all?: { query: string; count: number; capped?: boolean; locale: string };
}

/** What to do with the ticked rows. It appears with the first tick, by CSS alone, and counts them. */
export function BulkBar({ children, all }: BulkBarProps) {
  return (
    <div className="bulk" role="group" aria-label="With the chosen rows">
      <span className="chosen">chosen on this page</span>
      {all ? (
        <label className="inline-flex items-center gap-1.5 small">
          <input type="checkbox" name="all" value={all.query} />
          All {formatCount(all.count, all)} that match
        </label>
      ) : null}
      <span className="actions">{children}</span>
    </div>
  );
}
