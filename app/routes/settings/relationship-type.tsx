import { type SubmissionResult, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { typeRefusal } from "~/features/contacts/relationships/relationship-type-refusal";
import {
  type RelationshipTypeFields,
  relationshipTypeForm,
} from "~/features/contacts/relationships/relationship-type-form";
import { listOwnTypes, renameType } from "~/features/contacts/relationships/relationship-types.server";
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
import { TextField } from "~/ui/text-field";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Rename a relationship · Settings · ${data.accountName}` : "Rename a relationship" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "settings.manage");
  const types = await listOwnTypes(scope);
  const type = types.find(({ id }) => id === args.params.typeId) ?? notFound();
  const uses = `${type.used.toLocaleString(scope.place.locale)} ${type.used === 1 ? "relationship" : "relationships"}`;
  return {
    accountName: scope.account.name,
    href: `/${scope.account.slug}/settings/relationship-types`,
    form: { reads: type.reads, readsBack: type.readsBack },
    line: type.used > 0 ? `${uses} will read as you say here.` : "No relationship is of this type yet.",
  };
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "settings.manage");
  const { typeId = "" } = args.params;
  if (!isId(typeId)) return notFound();
  const submission = parseWithZod(await readForm(args.request), { schema: relationshipTypeForm });
  if (submission.status !== "success") return refuse(submission.reply());
  const result = await renameType(scope, typeId, submission.value);
  if (result.ok) return redirectTo(args, `/${scope.account.slug}/settings/relationship-types`, flash("Renamed."));
  if (result.reason === "not-found") return notFound();
  return refuse(submission.reply({ fieldErrors: { reads: [typeRefusal(result)] } }));
}

export default function RelationshipType() {
  const { href, form: stored, line } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<RelationshipTypeFields>({
    id: "relationship-type",
    defaultValue: stored,
    lastResult: useActionData<typeof action>() as SubmissionResult<string[]> | undefined,
  });
  return (
    <>
      <PageHead title={`Rename “${stored.reads}”`} line={line} back={{ href, label: "Relationships" }} />
      <Form id={form.id} fields={[fields.reads, fields.readsBack]} errors={form.errors}>
        <TextField field={fields.reads} label="The first" maxLength={60} />
        <TextField field={fields.readsBack} label="The second" maxLength={60} />
        <FormActions>
          <Button tone="primary">Save</Button>
          <ButtonLink href={href}>Cancel</ButtonLink>
        </FormActions>
      </Form>
    </>
  );
}
