import { type ReactNode } from "react";
import { SkipLink } from "./frame";
import { TallyMark } from "./icons";

export interface OutsideFrameProps {
  /** The `h1`; left out where what is inside has its own head. */
  title?: string;
  /** One sentence under the title. */
  line?: ReactNode;
  /** A few words at the right of the letterhead, e.g. the account's name. */
  place?: ReactNode;
  /** For pages with a table or two columns of codes. */
  wide?: boolean;
  /** A quiet line under the sheet. */
  colophon?: ReactNode;
  children?: ReactNode;
}

/** Sign-in, first run, printing of codes and error pages: one sheet with a letterhead. */
export function OutsideFrame({ title, line, place, wide, colophon, children }: OutsideFrameProps) {
  return (
    <div className="desk">
      <SkipLink />
      <div className={wide ? "sheet wide" : "sheet"}>
        <header className="letterhead">
          <TallyMark size={22} />
          Tallybook
          {place ? <span className="place">{place}</span> : null}
        </header>
        <main id="main" tabIndex={-1}>
          {title ? <h1>{title}</h1> : null}
          {line ? <p className="lead">{line}</p> : null}
          {children ? <div className={title ? "mt-5" : undefined}>{children}</div> : null}
        </main>
      </div>
      {colophon ? <footer className="colophon">{colophon}</footer> : null}
    </div>
  );
}
