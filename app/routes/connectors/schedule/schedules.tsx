import { type SubmissionResult, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { listScheduled, saveScheduleOfMany } from "~/features/connectors/schedule/save-schedule.server";
import { byHand } from "~/features/connectors/schedule/run-schedule";
import { ScheduleFields, scheduleFieldsInOrder } from "~/features/connectors/schedule/schedule-fields";
import { scheduleForm, type ScheduleFields as Typed, typedOf } from "~/features/connectors/schedule/schedule-form";
import { scheduleWords } from "~/features/connectors/schedule/schedule-words";
import { refuse } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { isId } from "~/platform/ids.server";
import { formatInstant } from "~/platform/time";
import { type RouteHandle } from "~/route-handle";
import { tickedIn } from "~/routes/connectors/many.server";
import { clocksOf } from "~/routes/connectors/schedule/coming.server";
import { Button, ButtonLink } from "~/ui/button";
import { CheckboxGroup } from "~/ui/choice-field";
import { Empty } from "~/ui/empty";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `When · Connectors · ${data.firm}` : "When" },
];

/** Those that the address names (`?id=…&id=…`, or `ids=…,…`) are ticked already. */
function namedIn(request: Request): string[] {
  const { searchParams } = new URL(request.url);
  const ids = [...searchParams.getAll("id"), ...(searchParams.get("ids") ?? "").split(",")];
  return [...new Set(ids.filter(isId))];
}

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "connectors.manage");
  const connectors = await listScheduled(scope);
  const ticked = namedIn(args.request).filter((id) => connectors.some((connector) => connector.id === id));
  const first = connectors.find(({ id }) => id === ticked[0]);
  return {
    ...{ firm: scope.account.name, base: `/${scope.account.slug}/connectors`, clocks: clocksOf(scope), ticked },
    typed: typedOf(first?.schedule ?? byHand),
    options: connectors.map(({ id, name, schedule, nextRunAt }) => ({
      ...{ value: id, label: name },
      hint:
        nextRunAt === null
          ? `${scheduleWords(schedule)}.`
          : `${scheduleWords(schedule)}. Next: ${formatInstant(scope.place, nextRunAt)}.`,
    })),
  };
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "connectors.manage");
  const sent = await readForm(args.request);
  const ids = tickedIn(sent);
  const submission = parseWithZod(sent, { schema: scheduleForm });
  const nobody = ids.length === 0 ? ["Choose at least one connector."] : undefined;
  if (submission.status !== "success" || nobody) return refuse({ reply: submission.reply(), ids, nobody });
  const { saved } = await saveScheduleOfMany(scope, ids, submission.value);
  const told = `${scheduleWords(submission.value)}: ${saved === 1 ? "1 connector" : `${saved} connectors`}.`;
  return redirectTo(args, `/${scope.account.slug}/connectors`, flash(told));
}

export default function Schedules() {
  const { base, typed, clocks, options, ticked } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const [form, fields] = useForm<Typed>({
    id: "schedules",
    defaultValue: typed,
    lastResult: refused?.reply as SubmissionResult<string[]> | undefined,
  });
  const { every, minute, times, time, days, day, quietFrom, quietUntil } = fields;
  const its = { every, minute, times, time, days, day, quietFrom, quietUntil };
  const which = { name: "id", id: "which", errors: refused?.nobody };
  return (
    <>
      <PageHead
        title="When they run"
        line="One schedule for several connectors."
        back={{ href: base, label: "Connectors" }}
      />
      {options.length === 0 ? (
        <Empty>There is no connector yet. What is connected can be given its times here.</Empty>
      ) : (
        <Form id={form.id} fields={[which, ...scheduleFieldsInOrder(its)]} errors={form.errors}>
          <CheckboxGroup field={which} label="Which" options={options} chosen={refused?.ids ?? ticked} />
          <ScheduleFields fields={its} place={clocks} />
          <FormActions>
            <Button tone="primary">Save for all that are ticked</Button>
            <ButtonLink href={base}>Cancel</ButtonLink>
          </FormActions>
        </Form>
      )}
    </>
  );
}
