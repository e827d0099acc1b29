import { type SubmissionResult, useForm } from "@conform-to/react";
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { ComingRuns } from "~/features/connectors/schedule/coming-runs";
import { ScheduleFields, scheduleFieldsInOrder } from "~/features/connectors/schedule/schedule-fields";
import { type ScheduleFields as Typed } from "~/features/connectors/schedule/schedule-form";
import { type RouteHandle } from "~/route-handle";
import { loadSchedule, saveSchedule } from "~/routes/reconciliations/set-up/schedule-facts.server";
import { SetUpFrame } from "~/routes/reconciliations/set-up/set-up-frame";
import { StepActions } from "~/routes/reconciliations/set-up/step-actions";
import { Form } from "~/ui/form";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `When · ${data.name} · ${data.firm}` : "When" },
];

export function loader(args: LoaderFunctionArgs) {
  return loadSchedule(args);
}

export function action(args: ActionFunctionArgs) {
  return saveSchedule(args);
}

export default function Schedule() {
  const view = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const [form, fields] = useForm<Typed>({
    id: "schedule",
    defaultValue: view.typed,
    lastResult: refused?.reply as SubmissionResult<string[]> | undefined,
  });
  const { every, minute, times, time, days, day, quietFrom, quietUntil } = fields;
  const its = { every, minute, times, time, days, day, quietFrom, quietUntil };
  const { words, runs, clocks } = view;
  return (
    <SetUpFrame
      frame={view}
      title="When"
      line="It compares what has come in by then. Let the connectors be read some time before."
    >
      {view.steps ? null : <ComingRuns {...{ words, runs }} rests={null} place={clocks} />}
      <Form
        id={form.id}
        fields={scheduleFieldsInOrder(its)}
        errors={form.errors}
        hidden={{ version: String(refused?.version ?? view.version) }}
      >
        <ScheduleFields fields={its} place={clocks} />
        <StepActions frame={view} />
      </Form>
    </SetUpFrame>
  );
}
