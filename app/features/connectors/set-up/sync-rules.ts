/** The rules by which runs of a connector write, and its brakes, as they are chosen. */
import { z } from "zod";
import { type Stream } from "~/features/connectors/connector";
import { type Mappings, type SyncRules } from "~/features/connectors/connector-settings";
import { saidOf } from "~/features/pipeline/rules/rules";
import { type AnySubject } from "~/features/pipeline/subject";
import { type RuleField, type WritingRules } from "~/features/pipeline/subject-rules";

const MOST_RECORDS = 1_000_000;

const words = {
  share: "Write the share, in per cent, as a whole number from 0 to 100.",
  atLeast: "Write the least number of records as a whole number, 1 or more.",
};
const number = (most: number, refusal: string) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,7}$/, refusal)
    .transform(Number)
    .refine((value) => value <= most, refusal);

const brakes = z.object({
  askShare: number(100, words.share),
  askAtLeast: number(MOST_RECORDS, words.atLeast).refine((value) => value >= 1, words.atLeast),
});

export type BrakesRead =
  | { ok: true; brakes: Pick<SyncRules, "askShare" | "askAtLeast"> }
  | { ok: false; errors: Partial<Record<"askShare" | "askAtLeast", string>> };

export function readBrakes(sent: FormData): BrakesRead {
  const read = brakes.safeParse(Object.fromEntries(sent));
  if (read.success) return { ok: true, brakes: read.data };
  const errors: Partial<Record<string, string>> = {};
  for (const { path, message } of read.error.issues) errors[String(path[0])] ??= message;
  return { ok: false, errors };
}

/** What rules can be given for: the fields that any of the streams brings, each once. */
export function ruleFieldsOf(subject: AnySubject, streams: readonly Stream[], mapping: Mappings): RuleField[] {
  const mapped = streams.filter(({ subject: id }) => id === subject.id).flatMap(({ id }) => mapping[id]?.fields ?? []);
  return subject.ruleFields(mapped);
}

/** Why the chosen way to match is none for what is read, in a sentence; null if it is one. */
export function matchProblem(
  subject: AnySubject,
  { match }: Pick<WritingRules, "match">,
  { streams, mapping }: { streams: readonly Stream[]; mapping: Mappings },
): string | null {
  const matching = subject.matchings.find(({ id }) => id === match);
  if (!matching) return "Choose one of the ways to match.";
  const without = streams.filter(({ id, subject: of, constants = {} }) => {
    const fields = mapping[id]?.fields;
    return of === subject.id && fields && !matching.isPossible([...fields, ...Object.keys(constants)]);
  });
  if (without.length === 0) return null;
  const names = without.map(({ noun }) => noun.many).join(" and ");
  return `${saidOf("record", matching.impossible)} That is so of the ${names}.`;
}

/** What is usual is not kept. */
export function kept(writing: WritingRules): WritingRules {
  const fields = Object.fromEntries(Object.entries(writing.fields).filter(([, rule]) => rule !== "overwrite"));
  return { ...writing, fields };
}
