import { type RunSettings } from "~/features/pipeline/draft/run-settings.server";
import { type AnySubject } from "~/features/pipeline/subject";
import { type RuleField, usualRules, type WritingRules } from "~/features/pipeline/subject-rules";

/** The rules of writing as they are chosen and spoken of. */

/** Those of a run; where no column brings any more what rows were to be matched by, they are matched as usual. */
export function rulesOf(
  { matchings }: Pick<AnySubject, "matchings">,
  { rules = usualRules, mapping }: Pick<RunSettings, "rules" | "mapping">,
): WritingRules {
  const matching = matchings.find(({ id }) => id === rules.match);
  return matching?.isPossible(mapping) ? rules : { ...rules, match: matchings[0]?.id ?? rules.match };
}

/** What is read: the rows of a file, or the records of a connector. */
export type Read = "row" | "record";

/** What is said of rows, said of records. */
export function saidOf(read: Read, words: string): string {
  return read === "row" ? words : words.replace(/\b(r|R)ow(s?)\b/g, (_, first, more) => `${first}ecord${more}`);
}

/** What may be written, in words: of contacts, "Add new contacts and change those that are there". */
export function writingOptions({ noun }: Pick<AnySubject, "noun">, read: Read = "row") {
  const { one, many } = noun;
  return [
    {
      value: "both",
      label: `Add new ${many} and change those that are there`,
      hint: read === "row" ? "An empty cell changes nothing." : "What is emptied at the source is emptied here, too.",
    },
    {
      value: "create",
      label: `Only add new ${many}`,
      hint: saidOf(read, `A row of ${withArticle(one)} that is there already is left out.`),
    },
    {
      value: "update",
      label: `Only change ${many} that are there`,
      hint: saidOf(read, `A row that fits no ${one} is left out.`),
    },
    {
      value: "fill",
      label: `Add new ${many}, and of those that are there only fill blanks`,
      hint: "Nothing that is known is changed.",
    },
  ];
}

function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}`;
}

/** Of a field of which there may be several what comes is added, and stands first. */
export function fieldRuleOptions({ adds }: Pick<RuleField, "adds">) {
  return [
    { value: "overwrite", label: adds ? "Add" : "Overwrite" },
    { value: "empty", label: "Only if empty" },
    { value: "never", label: "Never" },
  ];
}

/** What the rules come to, in a sentence; `mapping`: a rule for what no column brings says nothing. */
export function rulesSentence(subject: AnySubject, rules: WritingRules, mapping: readonly string[]): string {
  const { many } = subject.noun;
  const matched = (subject.matchings.find(({ id }) => id === rules.match) ?? subject.matchings[0])?.words ?? "";
  const written = {
    both: `New ${many} are added and those that are there are changed, ${matched}.`,
    create: `Only new ${many} are added; those that are there, ${matched}, are left alone.`,
    update: `Only ${many} that are there are changed, ${matched}; rows that fit none are left out.`,
    fill: `New ${many} are added; of those that are there, ${matched}, only blanks are filled.`,
  }[rules.what];
  if (rules.what === "create") return written;
  return [written, ...fieldSentences(subject.ruleFields(mapping), rules)].join(" ");
}

function fieldSentences(fields: readonly RuleField[], rules: WritingRules): string[] {
  const labels = (rule: string) => fields.filter(({ id }) => rules.fields[id] === rule).map(({ label }) => label);
  const [blank, never] = [rules.what === "fill" ? [] : labels("empty"), labels("never")];
  return [
    ...(blank.length > 0 ? [`Only if empty: ${blank.join(", ")}.`] : []),
    ...(never.length > 0 ? [`Never changed: ${never.join(", ")}.`] : []),
  ];
}
