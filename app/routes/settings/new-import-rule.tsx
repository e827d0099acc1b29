import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { subjects } from "~/composition.server";
import { checkedFieldsOf } from "~/features/pipeline/own-rules/checked-fields";
import { kindWords } from "~/features/pipeline/own-rules/own-rule-fields";
import { buildRule, ownRuleForm, ownRuleKinds } from "~/features/pipeline/own-rules/own-rule-form";
import { addOwnRule, MOST_RULES } from "~/features/pipeline/own-rules/own-rules.server";
import { subjectFor } from "~/features/pipeline/subject-for.server";
import { notFound, refuse } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope, type RouteArgs } from "~/http/scope.server";
import { type RouteHandle } from "~/route-handle";
import { ruleChoices } from "~/routes/settings/rule-choices";
import { RuleForm } from "~/routes/settings/rule-form";
import { PageHead } from "~/ui/page-head";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${kindWords[data.kind].title} · Import rules · ${data.accountName}` : "Import rules" },
];

async function requireKind(args: RouteArgs) {
  const scope = await requireScope(args, "settings.manage");
  const kind = ownRuleKinds.find((one) => one === args.params.kind) ?? notFound();
  return { scope, kind, subject: await subjectFor(scope, subjects.contacts ?? notFound()) };
}

export async function loader(args: LoaderFunctionArgs) {
  const { scope, kind, subject } = await requireKind(args);
  return {
    accountName: scope.account.name,
    page: `/${scope.account.slug}/settings/import-rules`,
    kind,
    ...ruleChoices(subject),
  };
}

const refusals = {
  "there-already": "There is such a rule for this already. Remove it first, if it should be another.",
  "too-many": `There are ${MOST_RULES} rules, which is as many as there can be. Remove one first.`,
};

export async function action(args: ActionFunctionArgs) {
  const { scope, kind, subject } = await requireKind(args);
  const submission = parseWithZod(await readForm(args.request), { schema: ownRuleForm(kind) });
  if (submission.status !== "success") return refuse(submission.reply());
  const built = buildRule(kind, submission.value, checkedFieldsOf(subject));
  if (!built.ok) return refuse(submission.reply({ fieldErrors: { [built.field]: [built.message] } }));
  const added = await addOwnRule(scope, subject.id, built.rule);
  if (!added.ok) return refuse(submission.reply({ fieldErrors: { field: [refusals[added.reason]] } }));
  return redirectTo(args, `/${scope.account.slug}/settings/import-rules`, flash("Added."));
}

export default function NewImportRule() {
  const { page, kind, about, patterns } = useLoaderData<typeof loader>();
  const { title, line } = kindWords[kind];
  return (
    <>
      <PageHead title={title} line={line} back={{ href: page, label: "Import rules" }} />
      <RuleForm
        {...{ kind, about, patterns, page }}
        typed={{ of: "value" }}
        answer={useActionData<typeof action>()}
        button="Add the rule"
      />
    </>
  );
}
