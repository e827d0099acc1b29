import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { subjects } from "~/composition.server";
import { type AnySubject } from "~/features/pipeline/subject";
import { TOO_LARGE, uploadFile } from "~/features/pipeline/draft/draft-run.server";
import { importSteps } from "~/features/pipeline/run/import-words";
import { MAX_UPLOAD_BYTES } from "~/features/pipeline/files/upload-limit";
import { notFound } from "~/http/answers.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { toCheck } from "~/routes/import/to-check.server";
import { type RouteHandle } from "~/route-handle";
import { readUpload, UPLOAD_TOO_LARGE } from "~/http/read-upload.server";
import { Button, ButtonLink } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";
import { Steps } from "~/ui/steps";
import { FileField } from "~/ui/text-field";

export const handle = { uploadBytes: MAX_UPLOAD_BYTES, narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Import · Contacts · ${data.accountName}` : "Import" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.import");
  const { id, noun } = subjectAsked(args.request);
  return { accountName: scope.account.name, base: `/${scope.account.slug}`, noun, isOfContacts: id === "contacts" };
}

/** Contacts, unless the address says of what else the file is. */
function subjectAsked(request: Request): AnySubject {
  const id = new URL(request.url).searchParams.get("of") ?? "contacts";
  return (Object.hasOwn(subjects, id) ? subjects[id] : undefined) ?? notFound();
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.import");
  const subject = subjectAsked(args.request);
  const uploaded = await readUpload(args.request, (file) => uploadFile(scope, subject, file));
  if (uploaded === UPLOAD_TOO_LARGE) return data({ reason: TOO_LARGE }, { status: 413 });
  if (!uploaded) return data({ reason: "Choose a file first." }, { status: 422 });
  if (!uploaded.ok) return data({ reason: uploaded.reason }, { status: uploaded.reason === TOO_LARGE ? 413 : 422 });

  if (uploaded.recognised) return toCheck(args, scope, uploaded.runId);
  return redirectTo(args, `/${scope.account.slug}/imports/${uploaded.runId}/columns`);
}

export default function Upload() {
  const { base, noun, isOfContacts } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const file = { name: "file", errors: refused ? [refused.reason] : undefined };
  return (
    <>
      <PageHead
        title={`Import ${noun.many}`}
        line={
          isOfContacts
            ? "From an Excel workbook, a CSV file or vCards, as spreadsheets, phones and address books save them."
            : "From an Excel workbook or a CSV file, as shops and analytics export them."
        }
        back={{ href: `${base}/imports`, label: "Imports" }}
      />
      <Steps steps={importSteps(base)} current={0} />
      <Form multipart fields={[file]}>
        <FileField
          field={file}
          label={isOfContacts ? "Excel workbook, CSV file or vCards" : "Excel workbook or CSV file"}
          accept=".xlsx,.xlsm,.csv,.tsv,.txt,.vcf,.vcard,text/csv,text/tab-separated-values,text/plain,text/vcard,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
          required
          hint={`Up to 50 MB. What kind of file it is, its encoding and its separators are found out and shown. ${isOfContacts ? "Contacts exported from Google, Outlook or a phone (.vcf) are recognised. " : ""}Nothing is changed before you have seen what will be stored.`}
        />
        <FormActions>
          <Button tone="primary">Upload and go on</Button>
          <ButtonLink href={`${base}/imports`}>Cancel</ButtonLink>
        </FormActions>
      </Form>
    </>
  );
}
