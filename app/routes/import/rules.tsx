import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { subjects } from "~/composition.server";
import { findDraft } from "~/features/pipeline/draft/draft-run.server";
import { importSteps } from "~/features/pipeline/run/import-words";
import { rulesOf, writingOptions } from "~/features/pipeline/rules/rules";
import { RulesFields } from "~/features/pipeline/rules/rules-fields";
import { readRulesForm } from "~/features/pipeline/rules/rules-form";
import { saveRules } from "~/features/pipeline/rules/save-rules.server";
import { subjectFor } from "~/features/pipeline/subject-for.server";
import { badRequest, notFound } from "~/http/answers.server";
import { readForm } from "~/http/form.server";
import { requireScope, type RouteArgs } from "~/http/scope.server";
import { runIdOf } from "~/routes/import/run-id.server";
import { toCheck } from "~/routes/import/to-check.server";
import { Button, ButtonLink } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";
import { Steps } from "~/ui/steps";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Rules · ${data.fileName} · ${data.accountName}` : "Rules" },
];

async function requireDraft(args: RouteArgs) {
  const scope = await requireScope(args, "contacts.import");
  const draft = (await findDraft(scope, runIdOf(args.params))) ?? notFound();
  const subject = await subjectFor(scope, subjects[draft.subject] ?? notFound());
  return { scope, draft, subject, fields: subject.ruleFields(draft.settings.mapping) };
}

export async function loader(args: LoaderFunctionArgs) {
  const { scope, draft, subject, fields } = await requireDraft(args);
  return {
    accountName: scope.account.name,
    base: `/${scope.account.slug}`,
    runId: draft.id,
    fileName: draft.fileName,
    rules: rulesOf(subject, draft.settings),
    writings: writingOptions(subject),
    matchings: subject.matchings.map(({ id: value, label, hint }) => ({ value, label, hint })),
    noun: subject.noun.many,
    fields,
  };
}

export async function action(args: ActionFunctionArgs) {
  const { scope, draft, subject, fields } = await requireDraft(args);
  const rules = readRulesForm(await readForm(args.request), fields) ?? badRequest();
  const saved = await saveRules(scope, subject, { draft, rules });
  if (!saved.ok) return data({ reason: saved.reason, rules }, { status: 422 });

  return toCheck(args, scope, draft.id);
}

export default function Rules() {
  const { base, runId, fileName, rules, ...choices } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  return (
    <>
      <PageHead
        title={`Import “${fileName}”`}
        line="How the rows are written beside what is there. What was edited by hand stays in any case."
        back={{ href: `${base}/imports`, label: "Imports" }}
      />
      <Steps steps={importSteps(base, runId)} current={2} />
      <Form fields={refused ? [{ name: "match", errors: [refused.reason] }] : []}>
        <RulesFields {...choices} rules={refused?.rules ?? rules} problem={refused?.reason} />
        <p className="small quiet mt-4">
          An empty cell changes nothing. A cell with [clear] empties the field. Columns that say who is not to be
          emailed, rung or written to only ever add such a mark.
        </p>
        <FormActions>
          <Button tone="primary">Use these rules</Button>
          <ButtonLink href={`${base}/imports/${runId}/check`}>Cancel</ButtonLink>
        </FormActions>
      </Form>
    </>
  );
}
