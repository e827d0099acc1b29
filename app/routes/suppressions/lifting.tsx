import { type SubmissionResult, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { undoLink } from "~/features/changes/undo-window";
import { limits } from "~/features/contacts/contact-limits";
import { findSuppression } from "~/features/contacts/suppression/list-suppressions.server";
import { liftingForm, type LiftingFormFields } from "~/features/contacts/suppression/suppression-form";
import { suppressedText } from "~/features/contacts/suppression/suppression";
import { liftSuppression } from "~/features/contacts/suppression/suppressions.server";
import { suppressedValueText } from "~/features/contacts/suppression/suppression-words";
import { notFound, refuse } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { type RouteHandle } from "~/route-handle";
import { Button, ButtonLink } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";
import { TextField } from "~/ui/text-field";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Take off · Suppression list · ${data.accountName}` : "Take off the suppression list" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "suppressions.manage");
  const entry = (await findSuppression(scope, args.params.suppressionId ?? "")) ?? notFound();
  const href = `/${scope.account.slug}/suppressions/${entry.id}`;
  if (entry.lifted) throw redirect(href, 303);
  return {
    accountName: scope.account.name,
    href,
    value: suppressedValueText(entry, scope.account.phoneCountry),
    said: suppressedText({ since: entry.notedAt, reason: entry.reason }, scope.place),
    isErased: entry.value === null,
  };
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "suppressions.manage");
  const submission = parseWithZod(await readForm(args.request), { schema: liftingForm });
  if (submission.status !== "success") return refuse(submission.reply());
  const id = args.params.suppressionId ?? "";
  const result = await liftSuppression(scope, { id, reason: submission.value.reason });
  if (!result.ok) return notFound();
  const words = result.isListed
    ? "Taken off. Another entry stays on the list, so that still nothing is sent to it."
    : "Taken off the suppression list.";
  const message = flash(words, undoLink(scope.account.slug, result.changeSetId));
  return redirectTo(args, `/${scope.account.slug}/suppressions/${id}`, message);
}

export default function LiftSuppression() {
  const { href, value, said, isErased } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<LiftingFormFields>({
    id: "lifting",
    lastResult: useActionData<typeof action>() as SubmissionResult<string[]> | undefined,
  });
  return (
    <>
      <PageHead title="Take off the suppression list" back={{ href, label: value }} />
      <p className="mb-4">
        {isErased ? "What this was is erased; it is" : `“${value}” is`} {said}. Take it off only if they said so
        themselves, or it came here by mistake. That it was here stays in the record.
      </p>
      <Form id={form.id} fields={[fields.reason]} errors={form.errors}>
        <TextField
          field={fields.reason}
          label="Why"
          hint="Like “asked by phone to hear from us again”."
          autoComplete="off"
          maxLength={limits.note}
        />
        <FormActions>
          <Button tone="danger">Take off the list</Button>
          <ButtonLink href={href}>Cancel</ButtonLink>
        </FormActions>
      </Form>
    </>
  );
}
