import { createElement, Fragment, type ReactNode } from "react";
import { type ScriptPart } from "~/features/campaigns/call-desk/script";

/** A script for reading aloud. What is not known stands out, so that nobody reads it. */
export function ScriptText({ parts }: { parts: readonly ScriptPart[] }) {
  return <div className="script">{parts.map(shown)}</div>;
}

function shown(part: ScriptPart, index: number): ReactNode {
  if ("text" in part) return <Fragment key={index}>{part.text}</Fragment>;
  if ("unknown" in part) {
    return (
      <mark key={index} className="unknown">
        {part.unknown} not known
      </mark>
    );
  }
  const { element, href, parts } = part;
  if (element === "a" && href === null) return <Fragment key={index}>{parts.map(shown)}</Fragment>;
  const rest = element === "a" ? { href, rel: "noopener noreferrer nofollow" } : {};
  return createElement(element, { key: index, ...rest }, ...parts.map(shown));
}
