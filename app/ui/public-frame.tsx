import { type ReactNode } from "react";
import { SkipLink } from "./frame";

interface PublicFrameProps {
  /** Whose page it is; null: nobody's that may be told. */
  firm: string | null;
  /** A picture in the place of the name. */
  logo?: string | null;
  title: string;
  line?: ReactNode;
  /** For a page with tables. */
  wide?: boolean;
  children?: ReactNode;
}

/** A page for the firm's own customers: its letterhead, not ours. */
export function PublicFrame({ firm, logo, title, line, wide, children }: PublicFrameProps) {
  return (
    <div className="desk">
      <SkipLink />
      <div className={wide ? "sheet report-sheet" : "sheet"}>
        {firm === null ? null : (
          <header className="letterhead firm">
            {logo ? <img src={logo} alt={firm} /> : <span className="firm-name">{firm}</span>}
          </header>
        )}
        <main id="main" tabIndex={-1}>
          <h1>{title}</h1>
          {line ? <p className="lead">{line}</p> : null}
          {children ? <div className="mt-5">{children}</div> : null}
        </main>
      </div>
    </div>
  );
}

/** What somebody has said, in large letters. */
export function Said({ children, note }: { children: ReactNode; note?: string | null }) {
  return (
    <figure className="said">
      <p>{children}</p>
      {note ? <blockquote>{note}</blockquote> : null}
    </figure>
  );
}
