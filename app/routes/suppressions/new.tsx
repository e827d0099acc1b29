import { type SubmissionResult, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { undoLink } from "~/features/changes/undo-window";
import { limits } from "~/features/contacts/contact-limits";
import {
  reasonLabels,
  reasonsByHand,
  suppressionForm,
  type SuppressionFormFields,
} from "~/features/contacts/suppression/suppression-form";
import { suppress } from "~/features/contacts/suppression/suppressions.server";
import { refuse } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { type RouteHandle } from "~/route-handle";
import { Button, ButtonLink } from "~/ui/button";
import { RadioGroup, Select } from "~/ui/choice-field";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";
import { TextField } from "~/ui/text-field";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Add · Suppression list · ${data.accountName}` : "Add to the suppression list" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "suppressions.add");
  return { accountName: scope.account.name, href: `/${scope.account.slug}/suppressions` };
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "suppressions.add");
  const submission = parseWithZod(await readForm(args.request), {
    schema: suppressionForm(scope.account.phoneCountry),
  });
  if (submission.status !== "success") return refuse(submission.reply());
  const result = await suppress(scope, { ...submission.value, source: "person" });
  const message = result.isNew
    ? flash("Put on the suppression list.", undoLink(scope.account.slug, result.changeSetId))
    : flash("It was on the list for this reason already. Nothing was changed.");
  return redirectTo(args, `/${scope.account.slug}/suppressions/${result.id}`, message);
}

export default function NewSuppression() {
  const { href } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<SuppressionFormFields>({
    id: "suppression",
    defaultValue: { channel: "email", reason: "unsubscribed" },
    lastResult: useActionData<typeof action>() as SubmissionResult<string[]> | undefined,
  });
  return (
    <>
      <PageHead
        title="Add to the suppression list"
        line="Nothing is sent to it any more, whoever has it, also when an import brings it again."
        back={{ href, label: "Suppression list" }}
      />
      <Form id={form.id} fields={[fields.channel, fields.value, fields.reason, fields.note]} errors={form.errors}>
        <RadioGroup
          field={fields.channel}
          label="What it is"
          options={[
            { value: "email", label: "Email" },
            { value: "phone", label: "Phone number" },
          ]}
        />
        <TextField
          field={fields.value}
          label="Email or number"
          hint="Like “ann@okafor.example” or “020 7946 0182”."
          autoComplete="off"
          spellCheck={false}
          maxLength={limits.email}
        />
        <Select
          field={fields.reason}
          label="Reason"
          options={reasonsByHand.map((reason) => ({ value: reason, label: reasonLabels[reason] }))}
        />
        <TextField
          field={fields.note}
          label="Note"
          hint="Like “rang on Friday”."
          optional
          autoComplete="off"
          maxLength={limits.note}
        />
        <FormActions>
          <Button tone="primary">Add</Button>
          <ButtonLink href={href}>Cancel</ButtonLink>
        </FormActions>
      </Form>
    </>
  );
}
