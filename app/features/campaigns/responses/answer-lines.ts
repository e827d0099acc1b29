/** Who answered, as somebody pastes or scans it: a code or an email on each line. Pure. */
import { readCode } from "~/features/campaigns/code";

export const MOST_LINES = 5_000;

/** A line that says who it is, by the code of their letter or by their email as typed. */
export type AnswerLine = { text: string } & ({ code: string } | { email: string });

export interface BadLine {
  text: string;
  why: string;
}

export interface AnswerLines {
  lines: AnswerLine[];
  bad: BadLine[];
}

/** As long as a line may be; beyond, it is no line of these. */
const LONGEST = 320;

/** Each once: what stands there twice is said once. Empty lines are none. */
export function readAnswerLines(typed: string): AnswerLines {
  const lines = new Map<string, AnswerLine>();
  const bad: BadLine[] = [];
  for (const line of typed.split(/\r\n|\r|\n/)) {
    const text = line.trim().slice(0, LONGEST);
    if (text === "") continue;
    if (text.includes("@")) {
      const email = (/<([^<>]+)>/.exec(text)?.[1] ?? text).replace(/^[\s,;"']+|[\s,;"']+$/g, "");
      lines.set(`email ${email.toLowerCase()}`, { text, email });
      continue;
    }
    const read = readCode(text.replace(/[,;]+$/, ""));
    if (read.ok) lines.set(`code ${read.code}`, { text, code: read.code });
    else bad.push({ text, why: whys[read.reason] });
  }
  return { lines: [...lines.values()], bad };
}

const whys = {
  "no-code": "It is neither an email nor a code of six characters.",
  "wrong-check": "This code has a typing mistake in it.",
};
