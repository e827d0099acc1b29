import { ButtonLink } from "~/ui/button";
import { OutsideFrame } from "~/ui/outside-frame";

export interface CallbackView {
  title: string;
  line: string;
  /** Where to go from here; null: nowhere, the page can be closed. */
  next: { href: string; label: string } | null;
}

export function CallbackPage({ view: { title, line, next } }: { view: CallbackView }) {
  return (
    <OutsideFrame title={title} line={line}>
      {next ? <ButtonLink href={next.href}>{next.label}</ButtonLink> : null}
    </OutsideFrame>
  );
}
