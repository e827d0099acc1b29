import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { exportForm } from "~/features/contacts/export/export-form";
import { askForExport, MOST_WAITING } from "~/features/contacts/export/exports.server";
import { readView, viewQuery } from "~/features/contacts/list/contact-list";
import { countLine } from "~/features/contacts/list/count-line";
import { customFields } from "~/features/contacts/custom/custom-fields.server";
import { columnName, usualColumns } from "~/features/contacts/list/list-columns";
import { listContacts } from "~/features/contacts/list/list-contacts.server";
import { refuse } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { onlyText, readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { type RouteHandle } from "~/route-handle";
import { Button, ButtonLink } from "~/ui/button";
import { RadioGroup } from "~/ui/choice-field";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Export · Contacts · ${data.accountName}` : "Export" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.export");
  const view = { ...readView(new URL(args.request.url).searchParams), cursor: null };
  const base = `/${scope.account.slug}`;
  const fields = await customFields(scope);
  const shown = ["Name", ...(view.columns ?? usualColumns).flatMap((column) => columnName(column, fields) ?? [])];
  return {
    accountName: scope.account.name,
    base,
    listHref: `${base}/contacts${viewQuery(view)}`,
    line: countLine(view, await listContacts(scope, view), scope.place.locale),
    shown: shown.join(", "),
  };
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.export");
  const form = await readForm(args.request);
  const typed = { format: onlyText(form, "format"), columns: onlyText(form, "columns") };
  const read = exportForm.safeParse(typed);
  if (!read.success) {
    const errors = Object.fromEntries(read.error.issues.map(({ path, message }) => [String(path[0]), [message]]));
    return refuse({ typed, errors });
  }
  const view = readView(new URL(args.request.url).searchParams);
  const asked = await askForExport(scope, view, read.data);
  if (!asked.ok) {
    const full = `${MOST_WAITING} exports are waiting already. Try again when some of them are done.`;
    return refuse({ typed, errors: { format: [full] } });
  }

  const text = "The export is being made. This page shows when it is ready to download.";
  return redirectTo(args, `/${scope.account.slug}/exports`, flash(text));
}

export default function NewExport() {
  const { base, listHref, line, shown } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const errors: Record<string, string[]> = refused?.errors ?? {};
  const field = (name: "format" | "columns", usual: string) => ({
    name,
    initialValue: refused?.typed[name] ?? usual,
    errors: errors[name],
  });
  const [format, columns] = [field("format", "csv"), field("columns", "view")];
  return (
    <>
      <PageHead
        title="Export contacts"
        line={`${line} All of them go into the file, in the order of the list.`}
        back={{ href: listHref, label: "Contacts" }}
        actions={<ButtonLink href={`${base}/exports`}>Earlier exports</ButtonLink>}
      />
      <Form fields={[format, columns]}>
        <RadioGroup
          field={format}
          label="Kind of file"
          options={[
            { value: "csv", label: "CSV", hint: "For other programs. Tallybook can import it again." },
            { value: "csv-for-excel", label: "CSV for Excel", hint: "Marked so that Excel reads its accents rightly." },
            {
              value: "xlsx",
              label: "Excel workbook",
              hint: "Phone numbers and postcodes as they are, dates as dates.",
            },
            {
              value: "vcard",
              label: "vCard",
              hint: "For address books. It says all that a vCard can: no fields of your own.",
            },
          ]}
        />
        <RadioGroup
          field={columns}
          label="Columns"
          options={[
            { value: "view", label: "As in the list", hint: `${shown}.` },
            {
              value: "everything",
              label: "Everything",
              hint: "All emails, phones and addresses with their labels, notes, what they are not to be sent, and more.",
            },
          ]}
        />
        <FormActions>
          <Button tone="primary">Export</Button>
          <ButtonLink href={listHref}>Cancel</ButtonLink>
        </FormActions>
      </Form>
    </>
  );
}
