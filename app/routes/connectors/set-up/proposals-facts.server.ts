/** What the page shows on which a model is asked about columns: what would be sent, what was, and what it said. */
import { type Asked, askForProposals, findHelp, type Help } from "~/features/connectors/mapping-help/proposals.server";
import { shownAs } from "~/features/connectors/mapping-help/shown.server";
import { MOST_COLUMNS, type Question, toSend } from "~/features/connectors/mapping-help/question";
import { notFound, refreshAfter } from "~/http/answers.server";
import { flash, warning } from "~/http/flash.server";
import { onlyText, readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { type RouteArgs } from "~/http/scope.server";
import { formatInstant, type Place } from "~/platform/time";
import { type Means, openColumns, readStreams, type StreamView } from "~/routes/connectors/set-up/mapping-facts.server";
import { frameFacts, requireSetUp, type SetUpPage } from "~/routes/connectors/set-up/set-up-facts.server";

const REFRESH_SECONDS = 2;

export async function loadProposals(args: RouteArgs, means: Omit<Means, "signal">) {
  const page = await requireSetUp(args, means.reach.providers);
  const { scope, setUp } = page;
  const help = await findHelp(scope, setUp.connector.id);
  const { asked } = help;
  const refreshes = new URL(args.request.url).searchParams.get("refresh") !== "off";
  if (asked?.state === "asking" && refreshes) refreshAfter(args.context, REFRESH_SECONDS);
  const { questions, problem } = asked
    ? { questions: asked.questions, problem: null }
    : await questionsOf(page, help, { ...means, signal: args.request.signal });
  return {
    ...frameFacts(page, "mapping"),
    settingsHref: `/${scope.account.slug}/settings/model`,
    ...{ refreshes, problem, locale: scope.place.locale },
    model: help.model,
    shown: help.model && !asked ? shownAs(questions, help.model) : "",
    asked: asked && askedShown(asked, scope.place),
    columns: questions.flatMap((question) =>
      question.columns.map((column) => ({
        ...withProposal(column, question, help),
        of: page.streams.find(({ id }) => id === column.streamId)?.noun.many ?? column.streamId,
      })),
    ),
    fields: [...new Set(questions.flatMap((question) => question.fields.map(({ label }) => label)))],
    mostColumns: MOST_COLUMNS,
  };
}

function askedShown({ state, host, model, left, problem, askedAt }: Asked, place: Place) {
  return { ...{ state, host, model, left, problem }, at: formatInstant(place, askedAt) };
}

function withProposal(column: Question["columns"][number], { fields }: Question, { asked }: Help) {
  const found = asked?.proposals.find(
    ({ streamId, columnId }) => streamId === column.streamId && columnId === column.columnId,
  );
  const field = fields.find(({ id }) => id === found?.field);
  const proposal = found && { field: field?.label ?? null, confidence: found.confidence, why: found.why };
  return { key: `${column.streamId} ${column.columnId}`, label: column.label, samples: column.samples, proposal };
}

/** One for each kind of record: its fields are offered with its columns. */
async function questionsOf(page: SetUpPage, { model, asked }: Help, means: Means) {
  const { streams, problem } = await readStreams(page, asked, means);
  const questions: Question[] = [];
  for (const stream of streams) {
    const columns = toSend(
      openColumns(stream).map(({ id, label, examples }) => ({
        ...{ streamId: stream.id, columnId: id, label },
        values: examples.map((example) => example.replace(/…$/, "")),
      })),
      model?.samples ?? 0,
    );
    if (columns.length > 0) questions.push({ columns, fields: fieldsOffered(stream) });
  }
  return { questions, problem };
}

function fieldsOffered({ fields }: StreamView): Question["fields"] {
  return fields.filter(({ unlisted }) => !unlisted).map(({ id, label, many }) => ({ id, label, many }));
}

const refusals = {
  off: "No model may be asked: it is off.",
  asking: "The model is being asked already.",
  "nothing-open": "The rules know where all columns go: there is nothing to ask.",
  changed: "Nothing was sent: what would be is no longer what this page showed. Look at it again.",
};

export async function askModelAbout(args: RouteArgs, means: Omit<Means, "signal">) {
  const page = await requireSetUp(args, means.reach.providers);
  const { scope, setUp, base } = page;
  const id = setUp.connector.id;
  const help = await findHelp(scope, id);
  const shown = onlyText(await readForm(args.request), "shown");
  const { questions } = await questionsOf(page, { ...help, asked: null }, { ...means, signal: args.request.signal });
  const result = await askForProposals(scope, id, { questions, shown });
  const here = `${base}/mapping/proposals`;
  if (result.ok) return redirectTo(args, here, flash("The model is asked."));
  return result.reason === "not-found" ? notFound() : redirectTo(args, here, warning(refusals[result.reason]));
}
