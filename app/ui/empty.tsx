import { type ReactNode } from "react";

/** What will be here, in one sentence, and the first step: buttons, the primary one first. */
export function Empty({ children, actions }: { children: ReactNode; actions?: ReactNode }) {
  return (
    <div className="empty">
      <div>
        <p>{children}</p>
        {actions ? <div className="actions">{actions}</div> : null}
      </div>
    </div>
  );
}
