/** What the page of the trial shows, and how it is asked for, cancelled, and followed by switching on. */
import { type Reach } from "~/features/connectors/set-up/find-set-up.server";
import { subjectOf } from "~/features/connectors/set-up/save-mapping.server";
import { type Missing, missingIn, switchOn } from "~/features/connectors/set-up/switch-on.server";
import { MOST_TRIED } from "~/features/connectors/set-up/trial/continue-source-trial.server";
import { isTrying, type SourceTrial } from "~/features/connectors/set-up/trial/source-trial.server";
import { askForSourceTrial, cancelSourceTrial } from "~/features/connectors/set-up/trial/source-trials.server";
import { saidOf } from "~/features/pipeline/rules/rules";
import { remarkSentences } from "~/features/pipeline/run/remarks";
import { type Subjects } from "~/features/pipeline/subject";
import { notFound, refreshAfter } from "~/http/answers.server";
import { flash, warning } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { type RouteArgs } from "~/http/scope.server";
import { formatTime } from "~/platform/time";
import { frameFacts, requireSetUp, type SetUpPage } from "~/routes/connectors/set-up/set-up-facts.server";

const REFRESH_SECONDS = 2;

export async function loadTrial(args: RouteArgs, reach: Pick<Reach, "providers">, subjects: Subjects) {
  const page = await requireSetUp(args, reach.providers);
  const { scope, setUp, provider } = page;
  const { trial } = setUp;
  const refreshes = new URL(args.request.url).searchParams.get("refresh") !== "off";
  if (trial && isTrying(trial) && refreshes) refreshAfter(args.context, REFRESH_SECONDS);
  return {
    ...frameFacts(page, "trial"),
    page: `${page.base}/trial`,
    slug: scope.account.slug,
    place: scope.place,
    refreshes,
    isSettingUp: setUp.connector.state === "setting-up",
    missing: missingIn(setUp, provider) satisfies Missing | null,
    mostTried: MOST_TRIED,
    trial: trial && trialView(page, trial),
    streams: trial?.result ? await streamsTold(page, subjects, trial.result) : [],
  };
}

export type TrialView = Awaited<ReturnType<typeof loadTrial>>;

function trialView({ scope }: SetUpPage, { state, read, problem, problemReference, waiting }: SourceTrial) {
  const isAtWork = isTrying({ state });
  const waits = waiting && `${waiting.why} It goes on at ${formatTime(scope.place, waiting.until)}.`;
  return { state, isAtWork, read, problem, reference: problemReference, waits: isAtWork ? waits : null };
}

/** With what there is to say of the records beyond numbers. */
async function streamsTold(
  { scope, streams }: SetUpPage,
  subjects: Subjects,
  result: NonNullable<SourceTrial["result"]>,
) {
  const [first] = streams;
  const subject = await subjectOf(scope, subjects, (first ?? notFound()).subject);
  return result.map(({ remarks, ...stream }) => ({
    ...stream,
    ...{ record: subject.noun, isOfContacts: subject.id === "contacts" },
    remarks: remarkSentences(subject, scope.place.locale, remarks).map((text) => saidOf("record", text)),
  }));
}

export async function askForTrial(args: RouteArgs, reach: Pick<Reach, "providers">): Promise<Response> {
  const { scope, setUp, base } = await requireSetUp(args, reach.providers);
  const asked = await askForSourceTrial(scope, setUp.connector.id, reach);
  if (asked.ok) return redirectTo(args, `${base}/trial`);
  return asked.reason === "missing" ? toMissing(args, base, asked.missing) : notFound();
}

export async function cancelTrial(args: RouteArgs, reach: Pick<Reach, "providers">): Promise<Response> {
  const { scope, setUp, base } = await requireSetUp(args, reach.providers);
  const { ok } = await cancelSourceTrial(scope, setUp.connector.id);
  return redirectTo(args, `${base}/trial`, flash(ok ? "Cancelled. Nothing was stored." : "It had ended already."));
}

/** Switches it on, and leads to its first run. */
export async function switchItOn(args: RouteArgs, reach: Pick<Reach, "providers">): Promise<Response> {
  const { scope, setUp, base } = await requireSetUp(args, reach.providers);
  const switched = await switchOn(scope, setUp.connector.id, { doors: reach });
  const { name } = setUp.connector;
  if (switched.ok) {
    const words = flash(`${name} is on. Its first run has begun.`);
    return redirectTo(args, switched.runId ? `/${scope.account.slug}/imports/${switched.runId}` : base, words);
  }
  if (switched.reason === "missing") return toMissing(args, base, switched.missing);
  return switched.reason === "on-already"
    ? redirectTo(args, base, flash(`${name} was switched on already.`))
    : notFound();
}

function toMissing(args: RouteArgs, base: string, { step, words }: Missing): Promise<Response> {
  return redirectTo(args, `${base}/${step}`, warning(words));
}
