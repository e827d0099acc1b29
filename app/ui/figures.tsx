import { Fragment, type ReactNode } from "react";

export interface Figure {
  value: ReactNode;
  /** What the number counts: "would be added". */
  label: string;
  href?: string;
}

/** A band of the few numbers that matter on a page. */
export function Figures({ figures }: { figures: Figure[] }) {
  return (
    <dl className="figures">
      {figures.map(({ value, label, href }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{href ? <a href={href}>{value}</a> : value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A value before and after a change; either may be missing. */
export function BeforeAfter({ before, after }: { before?: ReactNode; after?: ReactNode }) {
  return (
    <>
      {before ? <del>{before}</del> : <span className="quiet">empty</span>}
      <span className="quiet"> → </span>
      {after ? <ins>{after}</ins> : <span className="quiet">empty</span>}
    </>
  );
}

/** A list before and after a change: what it loses, then what it is after it, where what stays is said once. */
export interface ListChange {
  gone: string[];
  now: { text: string; isNew: boolean }[];
}

export function ListBeforeAfter({ gone, now }: ListChange) {
  const isOrder = gone.length === 0 && !now.some(({ isNew }) => isNew);
  return (
    <>
      {isOrder ? <span className="quiet">The same in another order: </span> : null}
      {gone.length > 0 ? (
        <>
          <del>{gone.join("; ")}</del>
          <span className="quiet"> → </span>
        </>
      ) : null}
      {now.map(({ text, isNew }, index) => (
        <Fragment key={text}>
          {index > 0 ? "; " : null}
          {isNew ? <ins>{text}</ins> : text}
        </Fragment>
      ))}
    </>
  );
}
