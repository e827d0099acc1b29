import { type SubmissionResult, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { CustomFieldFields } from "~/features/contacts/custom/custom-field-fields";
import { customFieldForm, type CustomFieldFormFields } from "~/features/contacts/custom/custom-field-form";
import { changeField, listFields } from "~/features/contacts/custom/custom-fields.server";
import { fieldRefusal } from "~/features/contacts/custom/field-refusal";
import { notFound, refuse } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { isId } from "~/platform/ids.server";
import { type RouteHandle } from "~/route-handle";
import { Button, ButtonLink } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.name} · Fields · Settings · ${data.accountName}` : "Field" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "settings.manage");
  const field = (await listFields(scope)).find(({ id }) => id === args.params.fieldId) ?? notFound();
  const contacts = `${field.used.toLocaleString(scope.place.locale)} ${field.used === 1 ? "contact has" : "contacts have"}`;
  return {
    accountName: scope.account.name,
    href: `/${scope.account.slug}/settings/fields`,
    name: field.name,
    line: field.used > 0 ? `${contacts} something in this field.` : "No contact has anything in this field yet.",
    form: {
      name: field.name,
      type: field.type,
      choices: field.choices
        .filter(({ retired }) => !retired)
        .map(({ text }) => text)
        .join("\n"),
      hint: field.hint ?? "",
      required: field.isRequired ? "yes" : "",
    },
  };
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "settings.manage");
  const { fieldId = "" } = args.params;
  if (!isId(fieldId)) return notFound();
  const submission = parseWithZod(await readForm(args.request), { schema: customFieldForm });
  if (submission.status !== "success") return refuse(submission.reply());
  const result = await changeField(scope, fieldId, submission.value);
  if (result.ok) return redirectTo(args, `/${scope.account.slug}/settings/fields`, flash("Saved."));
  if (result.reason === "not-found") return notFound();
  const { at, message } = fieldRefusal(result);
  return refuse(submission.reply({ fieldErrors: { [at]: [message] } }));
}

export default function Field() {
  const { href, name, line, form: stored } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<CustomFieldFormFields>({
    id: "field",
    defaultValue: stored,
    lastResult: useActionData<typeof action>() as SubmissionResult<string[]> | undefined,
  });
  return (
    <>
      <PageHead title={name} line={line} back={{ href, label: "Fields" }} />
      <Form id={form.id} fields={[fields.name, fields.type, fields.choices, fields.hint]} errors={form.errors}>
        <CustomFieldFields fields={fields} />
        <FormActions>
          <Button tone="primary">Save</Button>
          <ButtonLink href={href}>Cancel</ButtonLink>
        </FormActions>
      </Form>
    </>
  );
}
