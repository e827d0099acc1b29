import { type ReactNode, useId } from "react";

export interface PanelProps {
  title?: ReactNode;
  /** One sentence under the title. */
  line?: ReactNode;
  /** Small buttons or links at the right of the title. */
  actions?: ReactNode;
  children: ReactNode;
}

/** One sheet of a page with its own heading. */
export function Panel({ title, line, actions, children }: PanelProps) {
  const id = useId();
  return (
    <section className="panel" aria-labelledby={title ? id : undefined}>
      {title ? (
        <div className="panel-head">
          <h2 id={id}>{title}</h2>
          {actions ? <div className="actions small">{actions}</div> : null}
          {line ? <p className="line">{line}</p> : null}
        </div>
      ) : null}
      {children}
    </section>
  );
}

/** A wide column of panels and a narrow one beside it; one below the other where there is no room. */
export function Columns({ children, side }: { children: ReactNode; side: ReactNode }) {
  return (
    <div className="cols">
      <div>{children}</div>
      <div>{side}</div>
    </div>
  );
}
