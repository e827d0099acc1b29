import { type ReactNode } from "react";

export interface PageHeadProps {
  title: ReactNode;
  /** What this page is for, or its key figure. */
  line?: ReactNode;
  /** Where the person came from, e.g. `{ href: "/acme/contacts?tag=client", label: "Contacts" }`. */
  back?: { href: string; label: string };
  /** More beside the way back, e.g. "4 of 1,204 · next". */
  place?: ReactNode;
  /** Buttons; the primary one last. */
  actions?: ReactNode;
}

/** The head of a page: the only `h1`. */
export function PageHead({ title, line, back, place, actions }: PageHeadProps) {
  return (
    <div className="page-head">
      <div>
        {back || place ? (
          <p className="back">
            {back ? <a href={back.href}>← {back.label}</a> : null}
            {back && place ? " · " : null}
            {place}
          </p>
        ) : null}
        <h1>{title}</h1>
        {line ? <p className="line">{line}</p> : null}
      </div>
      {actions ? <div className="actions">{actions}</div> : null}
    </div>
  );
}
