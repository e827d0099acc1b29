import { type ReactNode } from "react";
import { type FittingRecord } from "~/features/pipeline/subject";

interface ReasonProps {
  reason: string;
  /** The contacts that it names, in its order; mostly none. */
  fits: readonly FittingRecord[];
  /** The account's own address. */
  base: string;
}

/** Why a record was refused; the contacts that it names are led to, so that they can be made one. */
export function ReasonWithLinks({ reason, fits, base }: ReasonProps) {
  const parts: ReactNode[] = [];
  let rest = reason;
  for (const { id, name } of fits) {
    // Names may have quotation marks of their own.
    const quoted = `“${name}”`;
    const at = rest.indexOf(quoted);
    if (at < 0) break;
    parts.push(
      rest.slice(0, at),
      <a key={id} href={`${base}/contacts/${id}`}>
        {quoted}
      </a>,
    );
    rest = rest.slice(at + quoted.length);
  }
  return (
    <>
      {parts}
      {rest}
    </>
  );
}
