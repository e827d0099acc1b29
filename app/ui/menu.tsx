import { type ReactNode } from "react";
import { ChevronIcon } from "./icons";

/** Less used actions behind one button, e.g. "More". Children are links and `PostButton`-like forms. */
export function Menu({ label, children }: { label: string; children: ReactNode }) {
  return (
    <details className="menu" name="page-menu">
      <summary className="btn">
        {label}
        <ChevronIcon />
      </summary>
      <div className="menu-sheet">{children}</div>
    </details>
  );
}
