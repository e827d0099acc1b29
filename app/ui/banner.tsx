import { type ReactNode } from "react";
import { BadIcon, GoodIcon, WarnIcon } from "./icons";

export interface BannerProps {
  tone: "good" | "warn" | "bad";
  children: ReactNode;
  /** A link at the end, e.g. Undo. */
  undo?: { href: string; label?: string };
}

const icons = { good: GoodIcon, warn: WarnIcon, bad: BadIcon };

/** What has just happened, or what the reader should know first. */
export function Banner({ tone, children, undo }: BannerProps) {
  const ToneIcon = icons[tone];
  return (
    <div className={`banner ${tone}`} role={tone === "bad" ? "alert" : "status"}>
      <ToneIcon />
      <div>
        {children}
        {undo ? (
          <>
            {" "}
            <a href={undo.href}>{undo.label ?? "Undo"}</a>
          </>
        ) : null}
      </div>
    </div>
  );
}
