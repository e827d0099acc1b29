/** When a reconciliation compares by itself: shown and chosen, by the schedule that connectors have. */
import { parseWithZod } from "@conform-to/zod/v4";
import { type RunSchedule } from "~/features/connectors/schedule/run-schedule";
import { scheduleForm, typedOf } from "~/features/connectors/schedule/schedule-form";
import { scheduleWords } from "~/features/connectors/schedule/schedule-words";
import {
  findScheduledReconciliation,
  saveComparisonSchedule,
  type ScheduledReconciliation,
} from "~/features/reconciliation/schedule/save-schedule.server";
import { badRequest, notFound, refuse } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { onlyText, readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope, type RouteArgs } from "~/http/scope.server";
import { clocksOf, comingRuns } from "~/routes/connectors/schedule/coming.server";
import { reconciliationPath } from "~/routes/reconciliations/paths";
import { framedAs } from "~/routes/reconciliations/set-up/set-up-facts.server";

/** When connectors have been read, as these are proposed. */
const everyMorningLater: RunSchedule = { rhythm: { every: "day", time: "08:00" }, quiet: null };

async function requireScheduled(args: RouteArgs) {
  const scope = await requireScope(args, "reconciliations.write");
  const found = (await findScheduledReconciliation(scope, args.params.reconciliationId ?? "")) ?? notFound();
  return { scope, found, base: reconciliationPath(scope.account.slug, found.id) };
}

export async function loadSchedule(args: RouteArgs) {
  const { scope, found, base } = await requireScheduled(args);
  const { schedule, nextRunAt, isSetUp, isChosen } = found;
  return {
    ...{ firm: scope.account.name, base, ...framedAs(found, base, "schedule") },
    typed: typedOf(isSetUp || isChosen ? schedule : everyMorningLater),
    words: scheduleWords(schedule),
    runs: isSetUp ? comingRuns(scope, { schedule, nextRunAt }) : [],
    clocks: clocksOf(scope),
  };
}

/** Theirs in words; mine still stands in the form. */
const changedWords = ({ schedule }: ScheduledReconciliation) =>
  `Somebody else has just changed this reconciliation. It says now: ${scheduleWords(schedule)}. What you chose stands below: save again to have it so.`;

export async function saveSchedule(args: RouteArgs) {
  const { scope, found, base } = await requireScheduled(args);
  const sent = await readForm(args.request);
  const version = onlyText(sent, "version");
  if (!/^\d{1,9}$/.test(version)) badRequest();
  const submission = parseWithZod(sent, { schema: scheduleForm });
  if (submission.status !== "success") return refuse({ reply: submission.reply(), version: Number(version) });
  const wanted = { schedule: submission.value, version: Number(version) };
  const saved = await saveComparisonSchedule(scope, found.id, wanted);
  if (!saved.ok) {
    if (saved.reason === "not-found") return notFound();
    // The next time it is saved knowingly.
    const now = (await findScheduledReconciliation(scope, found.id)) ?? found;
    return refuse({ reply: submission.reply({ formErrors: [changedWords(now)] }), version: now.version });
  }
  const words = `${scheduleWords(submission.value)}.`;
  return redirectTo(args, base, flash(found.isSetUp ? words : `It is set up. ${words}`));
}
