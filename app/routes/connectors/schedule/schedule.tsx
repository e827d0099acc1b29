import { type SubmissionResult, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { ComingRuns } from "~/features/connectors/schedule/coming-runs";
import {
  findScheduled,
  saveSchedule,
  type ScheduledConnector,
} from "~/features/connectors/schedule/save-schedule.server";
import { ScheduleFields, scheduleFieldsInOrder } from "~/features/connectors/schedule/schedule-fields";
import { scheduleForm, type ScheduleFields as Typed, typedOf } from "~/features/connectors/schedule/schedule-form";
import { everyMorning } from "~/features/connectors/schedule/run-schedule";
import { scheduleWords } from "~/features/connectors/schedule/schedule-words";
import { stepsOf } from "~/features/connectors/set-up-steps";
import { badRequest, notFound, refuse } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { onlyText, readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope, type RouteArgs } from "~/http/scope.server";
import { type RouteHandle } from "~/route-handle";
import { connectorId } from "~/routes/connectors/connection/connection-facts.server";
import { clocksOf, comingOf } from "~/routes/connectors/schedule/coming.server";
import { Button, ButtonLink } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";
import { Steps } from "~/ui/steps";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `When · ${data.name} · ${data.firm}` : "When" },
];

async function requireScheduled(args: RouteArgs) {
  const scope = await requireScope(args, "connectors.manage");
  const connector = (await findScheduled(scope, connectorId(args))) ?? notFound();
  return { scope, connector, page: `/${scope.account.slug}/connectors/${connector.id}` };
}

export async function loader(args: LoaderFunctionArgs) {
  const { scope, connector, page } = await requireScheduled(args);
  const { name, state, schedule, version } = connector;
  const isSettingUp = state === "setting-up";
  const isProposed = isSettingUp && !connector.isChosen;
  return {
    ...{ firm: scope.account.name, page, name, version: String(version) },
    ...{ isSettingUp, isProposed },
    typed: typedOf(isProposed ? everyMorning : schedule),
    words: scheduleWords(schedule),
    clocks: clocksOf(scope),
    ...comingOf(scope, connector),
  };
}

/** Theirs in words; mine still stands in the form. */
const changedWords = ({ schedule }: ScheduledConnector) =>
  `Somebody else has just changed this connector. It says now: ${scheduleWords(schedule)}. What you chose stands below: save again to have it so.`;

export async function action(args: ActionFunctionArgs) {
  const { scope, connector, page } = await requireScheduled(args);
  const sent = await readForm(args.request);
  const version = onlyText(sent, "version");
  if (!/^\d{1,9}$/.test(version)) badRequest();
  const submission = parseWithZod(sent, { schema: scheduleForm });
  if (submission.status !== "success") return refuse({ reply: submission.reply(), version });
  const saved = await saveSchedule(scope, connector.id, { schedule: submission.value, version: Number(version) });
  if (!saved.ok) {
    if (saved.reason === "not-found") return notFound();
    // The next time it is saved knowingly.
    const now = (await findScheduled(scope, connector.id)) ?? connector;
    const reply = submission.reply({ formErrors: [changedWords(now)] });
    return refuse({ reply, version: String(now.version) });
  }
  if (connector.state === "setting-up") return redirectTo(args, `${page}/trial`);
  return redirectTo(args, page, flash(`${scheduleWords(submission.value)}.`));
}

export default function Schedule() {
  const { page, name, isSettingUp, isProposed, typed, version, clocks, words, runs, rests } =
    useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const [form, fields] = useForm<Typed>({
    id: "schedule",
    defaultValue: typed,
    lastResult: refused?.reply as SubmissionResult<string[]> | undefined,
  });
  const { every, minute, times, time, days, day, quietFrom, quietUntil } = fields;
  const its = { every, minute, times, time, days, day, quietFrom, quietUntil };
  return (
    <>
      <PageHead
        title={isSettingUp ? `Set up ${name}` : `When ${name} runs`}
        line="It reads what has changed since the last time, by itself."
        back={{ href: page, label: name }}
      />
      {isSettingUp ? <Steps {...stepsOf(page, "schedule")} /> : null}
      {isProposed ? null : <ComingRuns {...{ words, runs, rests }} place={clocks} />}
      <Form
        id={form.id}
        fields={scheduleFieldsInOrder(its)}
        errors={form.errors}
        hidden={{ version: refused?.version ?? version }}
      >
        <ScheduleFields fields={its} place={clocks} />
        <Actions isSettingUp={isSettingUp} page={page} />
      </Form>
    </>
  );
}

/** On, and back a step; of one that is set up, to its page. */
function Actions({ isSettingUp, page }: { isSettingUp: boolean; page: string }) {
  return (
    <FormActions>
      <Button tone="primary">{isSettingUp ? "Save and go on" : "Save"}</Button>
      <ButtonLink href={isSettingUp ? `${page}/rules` : page}>{isSettingUp ? "Back" : "Cancel"}</ButtonLink>
    </FormActions>
  );
}
