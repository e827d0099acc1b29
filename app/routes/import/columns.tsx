import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { subjects } from "~/composition.server";
import { can } from "~/features/accounts/rights";
import { listCountries } from "~/features/contacts/values/country-name";
import { readColumnsForm, readingShown } from "~/features/pipeline/columns/columns-form";
import { ReadingFields } from "~/features/pipeline/columns/columns-fields";
import { ColumnsSummary, ColumnTable } from "~/features/pipeline/columns/column-table";
import { findDraft, saveDraft } from "~/features/pipeline/draft/draft-run.server";
import { importSteps } from "~/features/pipeline/run/import-words";
import { previewColumns } from "~/features/pipeline/draft/preview.server";
import { subjectFor } from "~/features/pipeline/subject-for.server";
import { badRequest, notFound } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope, type RouteArgs } from "~/http/scope.server";
import { runIdOf } from "~/routes/import/run-id.server";
import { toCheck } from "~/routes/import/to-check.server";
import { Button, PostButton } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";
import { Panel } from "~/ui/panel";
import { Steps } from "~/ui/steps";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Columns · ${data.fileName} · ${data.accountName}` : "Columns" },
];

async function requireDraft(args: RouteArgs) {
  const scope = await requireScope(args, "contacts.import");
  const draft = (await findDraft(scope, runIdOf(args.params), { withRules: false })) ?? notFound();
  const subject = await subjectFor(scope, subjects[draft.subject] ?? notFound());
  // Corrected rows go by the columns of the import that refused them.
  if (draft.settings.correction) throw redirect(`/${scope.account.slug}/imports/${draft.id}/check`);
  return { scope, draft, subject };
}

export async function loader(args: LoaderFunctionArgs) {
  const { scope, draft, subject } = await requireDraft(args);
  const preview = await previewColumns(scope, subject, draft);
  const { reading, phoneCountry, dateOrder, recalled } = draft.settings;
  const found = preview.ok ? preview.place : { phoneCountry: null, dateOrder: null };
  return {
    accountName: scope.account.name,
    base: `/${scope.account.slug}`,
    locale: scope.place.locale,
    runId: draft.id,
    fileName: draft.fileName,
    reading: readingShown(reading),
    phoneCountry,
    dateOrder: dateOrder ?? found.dateOrder?.value ?? null,
    found,
    recalled: recalled ?? null,
    preview,
    fields: subject.fields.map(({ id, label, unlisted = false }) => ({ id, label, unlisted })),
    newTypes: can(scope, "settings.manage") ? [...(subject.newFields?.types ?? [])] : [],
    countries: listCountries(scope.place.locale),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { scope, draft, subject } = await requireDraft(args);
  const choices = readColumnsForm(await readForm(args.request), draft.settings.reading) ?? badRequest();
  const mayAddFields = can(scope, "settings.manage");
  const saved = await saveDraft(scope, subject, { draft, choices: { ...choices, mayAddFields } });
  if (!saved.ok) {
    const { reading, ...kept } = choices;
    return data(
      { reason: saved.reason, wrong: saved.wrong ?? [], ...kept, reading: readingShown(reading) },
      { status: 422 },
    );
  }
  const base = `/${scope.account.slug}/imports/${draft.id}`;
  if (saved.reread) return redirectTo(args, `${base}/columns`, flash("Read again. The columns are guessed anew."));

  return toCheck(args, scope, draft.id);
}

export default function Columns() {
  const { base, runId, fileName, recalled } = useLoaderData<typeof loader>();
  const page = `${base}/imports/${runId}`;
  return (
    <>
      <PageHead
        title={`Import “${fileName}”`}
        line="Where each column goes. Nothing is stored yet."
        back={{ href: `${base}/imports`, label: "Imports" }}
        actions={
          <PostButton action={`${page}/discarding`} tone="danger">
            Throw this upload away
          </PostButton>
        }
      />
      <Steps steps={importSteps(base, runId)} current={1} />
      {recalled ? <Recalled sentence={recalled} action={`${page}/forgetting`} /> : null}
      <ColumnsForm />
    </>
  );
}

/** What was chosen, where that was refused, else what is guessed. */
function useShown() {
  const { preview, reading, phoneCountry, dateOrder } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const columns = preview.ok ? preview.columns : [];
  if (!refused)
    return { columns, reading, phoneCountry, dateOrder, wrong: [], errors: preview.ok ? [] : [preview.reason] };
  return {
    columns: columns.map((column, index) => ({ ...column, field: refused.mapping[index] ?? column.field })),
    reading: refused.reading,
    phoneCountry: refused.phoneCountry,
    dateOrder: dateOrder && (refused.dateOrder ?? dateOrder),
    wrong: refused.wrong,
    errors: [refused.reason],
  };
}

function ColumnsForm() {
  const { locale, fields, newTypes, countries, found } = useLoaderData<typeof loader>();
  const { columns, wrong, errors, ...read } = useShown();
  return (
    <Form errors={errors}>
      <ReadingFields {...read} found={found} countries={countries} />
      <ColumnsSummary columns={columns} locale={locale} />
      <ColumnTable columns={columns} {...{ fields, newTypes, wrong }} />
      <FormActions>
        <Button tone="primary">Go on to the check</Button>
      </FormActions>
    </Form>
  );
}

/** Columns like these were mapped before. */
function Recalled({ sentence, action }: { sentence: string; action: string }) {
  return (
    <Panel
      title="As before"
      actions={
        <PostButton action={action} small>
          Forget that and guess anew
        </PostButton>
      }
    >
      <p className="small">{sentence}</p>
    </Panel>
  );
}
