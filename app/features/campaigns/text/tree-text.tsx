import { createElement, Fragment, type ReactNode } from "react";
import { type TextPart } from "~/features/campaigns/text/text-tree";

/** A campaign's text on a page. What is not known of somebody stands out, so that nobody reads it aloud. */
export function TreeText({ parts }: { parts: readonly TextPart[] }) {
  return <div className="script">{parts.map(shown)}</div>;
}

function shown(part: TextPart, index: number): ReactNode {
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
