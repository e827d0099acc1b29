/** What the page shows on which people say how is written and when is asked, and what it does with that. */
import { data } from "@remix-run/node";
import { type SyncRules } from "~/features/connectors/connector-settings";
import { findSetUp, type Reach } from "~/features/connectors/set-up/find-set-up.server";
import { saveSyncRules } from "~/features/connectors/set-up/save-sync-rules.server";
import { kept, matchProblem, readBrakes, ruleFieldsOf } from "~/features/connectors/set-up/sync-rules";
import { subjectOf } from "~/features/connectors/set-up/save-mapping.server";
import { rulesOf, rulesSentence, saidOf, writingOptions } from "~/features/pipeline/rules/rules";
import { readRulesForm } from "~/features/pipeline/rules/rules-form";
import { type AnySubject, type Subjects } from "~/features/pipeline/subject";
import { badRequest, notFound } from "~/http/answers.server";
import { onlyText, readForm } from "~/http/form.server";
import { type RouteArgs } from "~/http/scope.server";
import {
  CHANGED,
  frameFacts,
  goOn,
  requireSetUp,
  SAVED,
  type SetUpPage,
  versionIn,
} from "~/routes/connectors/set-up/set-up-facts.server";

/** Of what people mean by the system's name. */
async function subjectFor({ scope, streams }: SetUpPage, subjects: Subjects) {
  const [first] = streams;
  return subjectOf(scope, subjects, (first ?? notFound()).subject);
}

const setUpOf = ({ streams, setUp: { mapping } }: SetUpPage) => ({ streams, mapping });

export async function loadRules(args: RouteArgs, reach: Pick<Reach, "providers">, subjects: Subjects) {
  const page = await requireSetUp(args, reach.providers);
  const { setUp } = page;
  const subject = await subjectFor(page, subjects);
  const { writing, askShare, askAtLeast } = setUp.rules;
  const mapped = Object.values(setUp.mapping).flatMap(({ fields }) => fields);
  return {
    ...frameFacts(page, "rules"),
    version: setUp.version,
    rules: rulesOf(subject, { rules: writing, mapping: mapped }),
    askShare: String(askShare),
    askAtLeast: String(askAtLeast),
    writings: writingOptions(subject, "record"),
    matchings: subject.matchings
      .filter(
        (matching) => matching.id === writing.match || !matchProblem(subject, { match: matching.id }, setUpOf(page)),
      )
      .map(({ id: value, label, hint }) => ({ value, label, hint: saidOf("record", hint) })),
    noun: subject.noun.many,
    fields: ruleFieldsOf(subject, page.streams, setUp.mapping),
  };
}

export type RulesView = Awaited<ReturnType<typeof loadRules>>;

export async function saveRules(args: RouteArgs, reach: Pick<Reach, "providers">, subjects: Subjects) {
  const page = await requireSetUp(args, reach.providers);
  const { scope, setUp } = page;
  const subject = await subjectFor(page, subjects);
  const form = await readForm(args.request);
  const fields = ruleFieldsOf(subject, page.streams, setUp.mapping);
  const writing = readRulesForm(form, fields) ?? badRequest();
  const brakes = readBrakes(form);
  const sent = { rules: writing, askShare: onlyText(form, "askShare"), askAtLeast: onlyText(form, "askAtLeast") };
  const refuse = (errors: Partial<Record<"" | "match" | "askShare" | "askAtLeast", string>>) =>
    data({ sent, errors }, { status: 422 });
  const problem = matchProblem(subject, writing, setUpOf(page));
  if (problem || !brakes.ok) {
    return refuse({ ...(problem ? { match: problem } : {}), ...(brakes.ok ? {} : brakes.errors) });
  }
  const rules: SyncRules = { writing: kept(writing), ...brakes.brakes };
  const saved = await saveSyncRules(scope, setUp.connector.id, { rules, version: versionIn(form) });
  if (saved.ok) return goOn(args, page, { to: "schedule", saved: SAVED });
  return saved.reason === "changed" ? refuse({ "": `${CHANGED} ${await theirsWords(page, subject)}` }) : notFound();
}

/** What is saved now, in a sentence. */
async function theirsWords({ scope, setUp }: SetUpPage, subject: AnySubject): Promise<string> {
  const { rules, mapping } = (await findSetUp(scope, setUp.connector.id)) ?? setUp;
  const mapped = Object.values(mapping).flatMap(({ fields }) => fields);
  return `It says now: ${saidOf("record", rulesSentence(subject, rules.writing, mapped))} It asks above ${rules.askShare} %, and from ${rules.askAtLeast} records on.`;
}
