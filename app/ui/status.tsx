import { type ReactNode } from "react";

/** Colour and shape, and the word unless another is given. */
const looks = {
  queued: ["grey dots", "Queued"],
  running: ["blue half", "Running"],
  done: ["green check", "Done"],
  attention: ["amber triangle", "Needs attention"],
  failed: ["red cross", "Failed"],
  cancelled: ["grey dash", "Cancelled"],
  pending: ["grey", "Pending"],
  responded: ["blue half", "Responded"],
  converted: ["green full", "Converted"],
  declined: ["brown barred", "Not interested"],
} as const;

export type StatusKind = keyof typeof looks;

/** A state as a colour, a word and a shape: `<Status of="running" />`, `<Status of="attention">no phone</Status>`. */
export function Status({ of, children }: { of: StatusKind; children?: ReactNode }) {
  const [look, word] = looks[of];
  return <span className={`st ${look}`}>{children ?? word}</span>;
}
