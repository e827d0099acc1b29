import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { annotate } from "~/features/reconciliation/decisions/annotations.server";
import { LONGEST_REASON, readAnnotation } from "~/features/reconciliation/decisions/decision-form";
import { notFound, refuse } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { onlyText, readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { dateIn } from "~/platform/time";
import { type RouteHandle } from "~/route-handle";
import { type DoneResult, headFacts, requireDone } from "~/routes/reconciliations/results/result.server";
import { Button, ButtonLink } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";
import { TextField } from "~/ui/text-field";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Write beside a day · ${data.name} · ${data.accountName}` : "Write beside a day" },
];

export async function loader(args: LoaderFunctionArgs) {
  const result = await requireDone(args, "reconciliations.write");
  return { ...headFacts(result), today: todayOf(result), most: LONGEST_REASON };
}

function todayOf({ scope, run }: DoneResult): string {
  return dateIn(run.settings.kept.timeZone, scope.clock.now());
}

export async function action(args: ActionFunctionArgs) {
  const result = await requireDone(args, "reconciliations.write");
  const form = await readForm(args.request);
  const typed = { day: onlyText(form, "day"), text: onlyText(form, "text") };
  const read = readAnnotation(typed, todayOf(result));
  if (!read.ok) return refuse({ typed, problems: read.problems });
  const written = await annotate(result.scope, result.result.reconciliationId, read.annotation);
  if (!written.ok) return notFound();
  return redirectTo(args, `${result.here}/trend`, flash("Written."));
}

export default function WriteAnnotation() {
  const { name, here, today, most } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const problem = (of: "day" | "text") => (refused?.problems[of] ? [refused.problems[of]] : undefined);
  const day = { name: "day", initialValue: refused?.typed.day ?? today, errors: problem("day") };
  const text = { name: "text", initialValue: refused?.typed.text ?? "", errors: problem("text") };
  return (
    <>
      <PageHead
        title="Write beside a day"
        line={`It stands in the trend of ${name}, for everybody who looks at it.`}
        back={{ href: `${here}/trend`, label: "Trend" }}
      />
      <Form fields={[day, text]}>
        <TextField field={day} label="Day" type="date" look="short" />
        <TextField field={text} label="What happened" hint="One line, like: new cookie banner." maxLength={most} />
        <FormActions>
          <Button tone="primary">Write it</Button>
          <ButtonLink href={`${here}/trend`}>Cancel</ButtonLink>
        </FormActions>
      </Form>
    </>
  );
}
