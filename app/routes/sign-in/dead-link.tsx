import { ButtonLink } from "~/ui/button";
import { OutsideFrame } from "~/ui/outside-frame";

/** A link that was mailed or handed over, and opens nothing (any more). */
export function DeadLink({ again }: { again: { href: string; label: string } }) {
  return (
    <OutsideFrame
      title="This link does not work"
      line="It was used already, a newer one has taken its place, its time is over, or it was cut off when it was copied."
    >
      <div className="flex flex-wrap gap-2">
        <ButtonLink href={again.href} tone="primary">
          {again.label}
        </ButtonLink>
        <ButtonLink href="/sign-in">Sign in</ButtonLink>
      </div>
    </OutsideFrame>
  );
}
