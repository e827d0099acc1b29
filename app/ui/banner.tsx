import { type ReactNode } from "react";
import { PostButton } from "./button";
import { BadIcon, GoodIcon, WarnIcon } from "./icons";

export interface BannerProps {
  tone: "good" | "warn" | "bad";
  children: ReactNode;
  /** A link at the end, e.g. Undo; with `post` a button that does it. */
  undo?: { href: string; label?: string; method?: "post" };
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
        {undo ? <Undo {...undo} /> : null}
      </div>
    </div>
  );
}

function Undo({ href, label = "Undo", method }: NonNullable<BannerProps["undo"]>) {
  if (!method) {
    return (
      <>
        {" "}
        <a href={href}>{label}</a>
      </>
    );
  }
  return (
    <div className="ml-2 inline-block">
      <PostButton small action={href}>
        {label}
      </PostButton>
    </div>
  );
}
