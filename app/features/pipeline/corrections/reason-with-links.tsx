import { type ReactNode } from "react";

interface ReasonProps {
  reason: string;
  /** The ids of those that it names in quotation marks, in that order; none where they are not for the reader. */
  fits: readonly string[];
  /** The account's own address. */
  base: string;
}

/** Why a record was refused; the contacts that it names are led to, so that they can be made one. */
export function ReasonWithLinks({ reason, fits, base }: ReasonProps) {
  const parts: ReactNode[] = [];
  let rest = reason;
  for (const id of fits) {
    const [name] = /“.*?”/u.exec(rest) ?? [];
    if (name === undefined) break;
    const at = rest.indexOf(name);
    parts.push(
      rest.slice(0, at),
      <a key={id} href={`${base}/contacts/${id}`}>
        {name}
      </a>,
    );
    rest = rest.slice(at + name.length);
  }
  return (
    <>
      {parts}
      {rest}
    </>
  );
}
