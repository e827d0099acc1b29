import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { subjects } from "~/composition.server";
import { ownRuleKinds } from "~/features/pipeline/own-rules/own-rule-form";
import { kindWords } from "~/features/pipeline/own-rules/own-rule-fields";
import { listOwnRules } from "~/features/pipeline/own-rules/own-rules.server";
import { subjectFor } from "~/features/pipeline/subject-for.server";
import { notFound } from "~/http/answers.server";
import { requireScope } from "~/http/scope.server";
import { formatDate } from "~/platform/time";
import { type RouteHandle } from "~/route-handle";
import { SettingsPage } from "~/routes/settings/settings-page";
import { ButtonLink, PostButton } from "~/ui/button";
import { Panel } from "~/ui/panel";
import { Table } from "~/ui/table";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Import rules · Settings · ${data.accountName}` : "Import rules" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "settings.manage");
  const subject = await subjectFor(scope, subjects.contacts ?? notFound());
  const rules = await listOwnRules(scope, subject.id);
  return {
    accountName: scope.account.name,
    slug: scope.account.slug,
    kinds: ownRuleKinds,
    rules: rules.map(({ id, rule, createdAt, createdBy }) => ({
      id,
      title: rule.title,
      since: [formatDate(scope.place, createdAt), createdBy].filter(Boolean).join(", "),
    })),
  };
}

export default function ImportRules() {
  const { slug, rules, kinds } = useLoaderData<typeof loader>();
  const page = `/${slug}/settings/import-rules`;
  return (
    <SettingsPage
      slug={slug}
      part="/import-rules"
      title="Import rules"
      line="What your firm asks of the rows of an import, beyond what is built in. A row that breaks a rule is refused and set aside with the rule’s name. An import goes by the rules as they are when it is started. What is typed in by hand is not held to them."
    >
      <Panel title="Your firm’s rules">
        {rules.length === 0 ? (
          <p className="quiet">None yet: rows are taken as they come, if they can be read. Add a rule below.</p>
        ) : (
          <Table
            bare
            caption="Your firm’s rules for imports"
            rows={rules}
            rowKey={(rule) => rule.id}
            columns={[
              { key: "rule", label: "Rule", cell: (rule) => rule.title },
              { key: "since", label: "Since", cell: (rule) => rule.since },
              {
                key: "verbs",
                label: "Change",
                cell: (rule) => (
                  <span className="flex flex-wrap items-center gap-2">
                    <ButtonLink small tone="bare" href={`${page}/${rule.id}`}>
                      Edit<span className="sr-only"> “{rule.title}”</span>
                    </ButtonLink>
                    <PostButton small tone="bare" action={`${page}/${rule.id}/removal`}>
                      Remove<span className="sr-only"> “{rule.title}”</span>
                    </PostButton>
                  </span>
                ),
              },
            ]}
          />
        )}
      </Panel>
      <div className="mt-6">
        <Panel title="Add a rule" line="What should hold of a column’s values?">
          <div className="actions flex-wrap">
            {kinds.map((kind) => (
              <ButtonLink key={kind} href={`${page}/new/${kind}`}>
                {kindWords[kind].link}
              </ButtonLink>
            ))}
          </div>
        </Panel>
      </div>
    </SettingsPage>
  );
}
