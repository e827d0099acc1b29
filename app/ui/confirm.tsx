import { type ReactNode } from "react";
import { Button, ButtonLink, HiddenFields } from "./button";

export interface ConfirmProps {
  /** What will change, in numbers: `{ value: "312", label: "contacts will be archived" }`. */
  changes: { value: ReactNode; label: ReactNode }[];
  /** Whether and how it can be undone. */
  children?: ReactNode;
  action: string;
  hidden?: Record<string, string>;
  /** The verb and its object: "Archive 312 contacts". */
  confirmLabel: string;
  /** Red, for what takes away. */
  danger?: boolean;
  cancelHref: string;
}

/** The page before a wide or destructive action: what will change, then the button that does it. */
export function Confirm({ changes, children, action, hidden = {}, confirmLabel, danger, cancelHref }: ConfirmProps) {
  return (
    <form className="panel confirm" method="post" action={action}>
      <HiddenFields fields={hidden} />
      <h2>What will change</h2>
      <dl className="changes">
        {changes.map(({ value, label }, index) => (
          <div key={index}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {children}
      <div className="form-actions">
        <Button tone={danger ? "sure" : "primary"}>{confirmLabel}</Button>
        <ButtonLink href={cancelHref}>Leave it as it is</ButtonLink>
      </div>
    </form>
  );
}
