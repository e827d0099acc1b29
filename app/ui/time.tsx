import { type ReactNode } from "react";

/** A moment: `at` for machines (ISO 8601), the text for people, `title` for the other way to say it ("3 days ago"). */
export function Time({ at, title, children }: { at: string; title?: string; children: ReactNode }) {
  return (
    <time dateTime={at} title={title}>
      {children}
    </time>
  );
}
