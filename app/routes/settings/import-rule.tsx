import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { subjects } from "~/composition.server";
import { checkedFieldsOf } from "~/features/pipeline/own-rules/checked-fields";
import { kindWords } from "~/features/pipeline/own-rules/own-rule-fields";
import { buildRule, ownRuleForm, ruleTyped } from "~/features/pipeline/own-rules/own-rule-form";
import { changeOwnRule, findOwnRule } from "~/features/pipeline/own-rules/own-rules.server";
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
  { title: data ? `${data.title} · Import rules · ${data.accountName}` : "Import rules" },
];

async function requireRule(args: RouteArgs) {
  const scope = await requireScope(args, "settings.manage");
  const { ruleId: id = "" } = args.params;
  const rule = (await findOwnRule(scope, id)) ?? notFound();
  return { scope, id, rule, subject: await subjectFor(scope, subjects.contacts ?? notFound()) };
}

export async function loader(args: LoaderFunctionArgs) {
  const { scope, rule, subject } = await requireRule(args);
  return {
    accountName: scope.account.name,
    page: `/${scope.account.slug}/settings/import-rules`,
    kind: rule.kind,
    title: rule.title,
    typed: ruleTyped(rule),
    ...ruleChoices(subject),
  };
}

const THERE_ALREADY = "There is such a rule for this already. Change that one, or choose something else.";

export async function action(args: ActionFunctionArgs) {
  const { scope, id, rule, subject } = await requireRule(args);
  const submission = parseWithZod(await readForm(args.request), { schema: ownRuleForm(rule.kind) });
  if (submission.status !== "success") return refuse(submission.reply());
  const built = buildRule(rule.kind, submission.value, checkedFieldsOf(subject));
  if (!built.ok) return refuse(submission.reply({ fieldErrors: { [built.field]: [built.message] } }));
  const changed = await changeOwnRule(scope, subject.id, id, built.rule);
  if (!changed.ok && changed.reason === "not-found") return notFound();
  if (!changed.ok) return refuse(submission.reply({ fieldErrors: { field: [THERE_ALREADY] } }));
  const told = changed.before ? "Changed. An import goes by it from the next that is started." : "Nothing was changed.";
  return redirectTo(args, `/${scope.account.slug}/settings/import-rules`, flash(told));
}

export default function ImportRule() {
  const { page, kind, title, typed, about, patterns } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title={title} line={kindWords[kind].line} back={{ href: page, label: "Import rules" }} />
      <RuleForm {...{ kind, about, patterns, page, typed }} answer={useActionData<typeof action>()} button="Save" />
    </>
  );
}
