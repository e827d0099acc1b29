import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { subjects } from "~/composition.server";
import { listCountries } from "~/features/contacts/values/country-name";
import { readColumnsForm, readingShown } from "~/features/pipeline/columns-form";
import { ColumnTable, ReadingFields } from "~/features/pipeline/columns-fields";
import { findDraft, saveDraft } from "~/features/pipeline/draft-run.server";
import { importSteps } from "~/features/pipeline/import-words";
import { previewColumns } from "~/features/pipeline/preview.server";
import { subjectFor } from "~/features/pipeline/subject-for.server";
import { badRequest, notFound } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope, type RouteArgs } from "~/http/scope.server";
import { runIdOf } from "~/routes/import/run-id.server";
import { Button, PostButton } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";
import { Steps } from "~/ui/steps";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Columns · ${data.fileName} · ${data.accountName}` : "Columns" },
];

async function requireDraft(args: RouteArgs) {
  const scope = await requireScope(args, "contacts.import");
  const draft = (await findDraft(scope, runIdOf(args.params))) ?? notFound();
  const subject = await subjectFor(scope, subjects[draft.subject] ?? notFound());
  return { scope, draft, subject };
}

export async function loader(args: LoaderFunctionArgs) {
  const { scope, draft, subject } = await requireDraft(args);
  const preview = await previewColumns(scope, draft);
  const { reading, phoneCountry } = draft.settings;
  return {
    accountName: scope.account.name,
    base: `/${scope.account.slug}`,
    runId: draft.id,
    fileName: draft.fileName,
    reading: readingShown(reading),
    phoneCountry,
    preview,
    fields: subject.fields.map(({ id, label }) => ({ id, label })),
    countries: listCountries(scope.place.locale),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { scope, draft, subject } = await requireDraft(args);
  const choices = readColumnsForm(await readForm(args.request), draft.settings.reading) ?? badRequest();
  const saved = await saveDraft(scope, subject, { draft, choices });
  if (!saved.ok) return data({ reason: saved.reason, mapping: choices.mapping }, { status: 422 });
  const base = `/${scope.account.slug}/imports/${draft.id}`;
  if (saved.reread) return redirectTo(args, `${base}/columns`, flash("Read again. The columns are guessed anew."));

  return redirectTo(args, `${base}/check`);
}

export default function Columns() {
  const { base, runId, fileName, reading, phoneCountry, preview, fields, countries } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const columns = preview.ok ? preview.columns : [];
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
      <Form errors={refused ? [refused.reason] : preview.ok ? [] : [preview.reason]}>
        <ReadingFields reading={reading} phoneCountry={phoneCountry} countries={countries} />
        <ColumnTable
          columns={columns.map((column, index) => ({ ...column, field: refused?.mapping[index] ?? column.field }))}
          fields={fields}
        />
        <FormActions>
          <Button tone="primary">Go on to the check</Button>
        </FormActions>
      </Form>
    </>
  );
}
