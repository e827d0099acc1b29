/** What the page shows on which people say where what is read goes, and what it does with that. */
import { data } from "@remix-run/node";
import { can } from "~/features/accounts/rights";
import { type Mappings } from "~/features/connectors/connector-settings";
import { type Asked, findHelp, type Help } from "~/features/connectors/mapping-help/proposals.server";
import { type ColumnShown, columnsToMap, type StreamToMap } from "~/features/connectors/set-up/columns-to-map";
import { findSetUp, type Reach } from "~/features/connectors/set-up/find-set-up.server";
import { type LookedUp, lookUpOffers } from "~/features/connectors/set-up/look-up-offers.server";
import { textsOf } from "~/features/connectors/set-up/fields-form";
import { chosenColumns, type Offers } from "~/features/connectors/set-up/offers";
import { type Examples, readExamples } from "~/features/connectors/set-up/read-examples.server";
import { saveMapping, subjectOf } from "~/features/connectors/set-up/save-mapping.server";
import { type AnySubject, type Subjects } from "~/features/pipeline/subject";
import { badRequest, notFound } from "~/http/answers.server";
import { readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { type RouteArgs } from "~/http/scope.server";
import { columnName, goesName, NOWHERE } from "~/routes/connectors/set-up/mapping-names";
import {
  CHANGED,
  frameFacts,
  goOn,
  requireSetUp,
  type SetUpPage,
  versionIn,
} from "~/routes/connectors/set-up/set-up-facts.server";

export interface StreamView extends StreamToMap {
  /** What becomes of its records here: "contact". */
  record: string;
  fields: { id: string; label: string; many: boolean; unlisted: boolean }[];
  newTypes: { id: string; label: string }[];
}

export interface Means {
  reach: Reach;
  subjects: Subjects;
  signal: AbortSignal;
}

export async function loadMapping(args: RouteArgs, reach: Reach, subjects: Subjects) {
  const page = await requireSetUp(args, reach.providers);
  const { scope, setUp } = page;
  const shown = { ...frameFacts(page, "mapping"), version: setUp.version, locale: scope.place.locale };
  const isChosen = Object.keys(setUp.selection).length > 0;
  const help = await findHelp(scope, setUp.connector.id);
  const found = await readStreams(page, help.asked, { reach, subjects, signal: args.request.signal });
  return { ...shown, isChosen, ...found, help: helpShown(help, found.streams) };
}

/** How many columns nobody knows anything of, and whether a model can be asked about them. */
function helpShown({ model, asked }: Help, streams: readonly StreamView[]) {
  const open = streams.reduce((count, stream) => count + openColumns(stream).length, 0);
  return { open, host: model?.host ?? null, state: asked?.state ?? null };
}

/** Of which no rule says where they go, and no person. */
export function openColumns({ columns }: StreamToMap): ColumnShown[] {
  return columns.filter(({ isDecided }) => !isDecided);
}

/** What is read, column by column, with first values as the system has them now. */
export async function readStreams(page: SetUpPage, asked: Asked | null, { reach, subjects, signal }: Means) {
  const { scope, setUp, provider } = page;
  const nothing = { streams: [] as StreamView[], problem: null };
  if (Object.keys(setUp.selection).length === 0) return nothing;
  const looking = { setUp, provider, reach, signal };
  const looked = await lookUpOffers(scope, looking);
  if (!looked.offers) return { ...nothing, problem: looked.problem };
  const wanted = new Map(Object.entries(setUp.selection).map(([id, { fields }]) => [id, fields]));
  const examples = looked.problem
    ? { cells: new Map<string, never>(), problem: looked.problem }
    : await readExamples(scope, looking, wanted);
  const streams = await streamViews(page, subjects, { ...looked, offers: looked.offers, examples, asked });
  return { streams, problem: examples.problem };
}

async function streamViews(
  { scope, setUp, provider }: SetUpPage,
  subjects: Subjects,
  { offers, examples, asked }: LookedUp & { offers: Offers; examples: Examples; asked: Asked | null },
): Promise<StreamView[]> {
  const views: StreamView[] = [];
  const mayAddFields = can(scope, "settings.manage");
  for (const stream of provider.streams.filter(({ id }) => setUp.selection[id])) {
    const subject = await subjectOf(scope, subjects, stream.subject);
    const { fields } = subject;
    const cells = examples.cells.get(stream.id) ?? [];
    views.push({
      ...columnsToMap(scope, stream, { setUp, offers, provider: provider.name, fields, cells, asked }),
      ...choicesOf(subject, mayAddFields),
    });
  }
  return views;
}

function choicesOf({ noun, fields, newFields }: AnySubject, mayAddFields: boolean) {
  return {
    record: noun.one,
    fields: fields.map(({ id, label, many, unlisted = false }) => ({ id, label, many, unlisted })),
    newTypes: mayAddFields ? [...(newFields?.types ?? [])] : [],
  };
}

/** Where columns were sent on a page, by stream and column. */
export type Sent = Record<string, Record<string, string>>;

function readSent(sent: FormData, streamIds: readonly string[]): Sent {
  const read: Sent = {};
  for (const id of streamIds) {
    const [columns, fields] = [textsOf(sent, columnName(id)), textsOf(sent, goesName(id))];
    if (columns.length !== fields.length) badRequest();
    read[id] = Object.fromEntries(columns.map((column, index) => [column, fields[index] ?? ""]));
  }
  return read;
}

/** What was on the page of what is read, in the system's order; what came since waits to be looked at. */
function mappingOf(sent: Sent, { selection }: SetUpPage["setUp"], offers: Offers): Mappings {
  return Object.fromEntries(
    Object.keys(selection).map((streamId) => {
      const goes = new Map(Object.entries(sent[streamId] ?? {}));
      const columns = chosenColumns(selection, offers, streamId).filter(({ id }) => goes.has(id));
      const said = columns.map(({ id }) => goes.get(id) ?? "");
      const undecided = columns.flatMap(({ id }, index) => (said[index] === "" ? [id] : []));
      const mapped = {
        columns: columns.map(({ id, label }) => ({ id, label })),
        fields: said.map((field) => (field === NOWHERE ? "" : field)),
      };
      return [streamId, undecided.length > 0 ? { ...mapped, undecided } : mapped];
    }),
  );
}

const MOST_NAMED = 8;

/** Where somebody else has sent columns meanwhile that go elsewhere here. */
async function theirsWords({ scope, setUp, streams }: SetUpPage, mine: Mappings, subjects: Subjects): Promise<string> {
  const now = (await findSetUp(scope, setUp.connector.id)) ?? setUp;
  const told: string[] = [];
  for (const { id, subject: subjectId } of streams) {
    const subject = await subjectOf(scope, subjects, subjectId);
    const labels = new Map(subject.fields.map((field) => [field.id, `“${field.label}”`]));
    const said = (field: string | undefined) => labels.get(field ?? "") ?? "nowhere";
    const theirs = new Map(now.mapping[id]?.columns.map((column, at) => [column.id, now.mapping[id]?.fields[at]]));
    mine[id]?.columns.forEach((column, at) => {
      const [one, other] = [said(theirs.get(column.id)), said(mine[id]?.fields[at])];
      if (one !== other) told.push(`“${column.label}” to ${one} (you: to ${other})`);
    });
  }
  if (told.length === 0) return "Where columns go is as you have it.";
  const more = told.length > MOST_NAMED ? `; and ${told.length - MOST_NAMED} more` : "";
  return `They have sent ${told.slice(0, MOST_NAMED).join("; ")}${more}.`;
}

export async function approveMapping(args: RouteArgs, reach: Pick<Reach, "providers">, subjects: Subjects) {
  const page = await requireSetUp(args, reach.providers);
  const { scope, setUp, provider, base } = page;
  const form = await readForm(args.request);
  const { streams } = provider;
  const sent = readSent(
    form,
    streams.map(({ id }) => id),
  );
  const refuse = (words: string, more: { streamId?: string; wrong?: string[] } = {}) =>
    data({ words, sent, streamId: null, wrong: [], ...more }, { status: 422 });
  const offers = setUp.offers?.of;
  if (!offers || Object.keys(setUp.selection).length === 0) return redirectTo(args, `${base}/fields`);
  const mapping = mappingOf(sent, setUp, offers);
  const saved = await saveMapping(scope, setUp.connector.id, {
    ...{ version: versionIn(form), mapping, streams, subjects, mayAddFields: can(scope, "settings.manage") },
  });
  if (saved.ok) return goOn(args, page, { to: "rules", saved: "Saved. The next run takes everything in anew." });
  if (saved.reason === "not-found") return notFound();
  if (saved.reason === "changed") return refuse(`${CHANGED} ${await theirsWords(page, mapping, subjects)}`);
  const { words, streamId, wrong } = saved;
  return refuse(words, { streamId, wrong: wrong.flatMap((at) => mapping[streamId]?.columns[at]?.id ?? []) });
}
