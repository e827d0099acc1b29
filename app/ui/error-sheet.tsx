import { type ReactNode } from "react";
import { OutsideFrame } from "./outside-frame";

export interface ErrorSheetProps {
  title: string;
  /** What happened and that nothing is lost, in a sentence or two. */
  children: ReactNode;
  /** The id under which the log knows this request. */
  reference?: string;
  next?: { href: string; label: string };
}

/** A whole page for a refusal or a failure. */
export function ErrorSheet({ title, children, reference, next }: ErrorSheetProps) {
  return (
    <OutsideFrame title={title}>
      <div>{children}</div>
      {next ? (
        <p className="mt-5">
          <a className="btn primary" href={next.href}>
            {next.label}
          </a>
        </p>
      ) : null}
      {reference ? (
        <p className="mt-6 small quiet">
          If you ask somebody for help with this, give them this reference: <span className="bytes">{reference}</span>
        </p>
      ) : null}
    </OutsideFrame>
  );
}
