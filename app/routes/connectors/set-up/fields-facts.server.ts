/** What the page shows on which people choose what is read, and what it does with their choice. */
import { data, redirect } from "@remix-run/node";
import { type Selection } from "~/features/connectors/connector-settings";
import { fieldsRemoved } from "~/features/connectors/runs/save-selection.server";
import {
  choiceShown,
  type ChooseResult,
  chooseFields,
  countStored,
  dropChoice,
  keepChoice,
} from "~/features/connectors/set-up/choose-fields.server";
import { notLookedAt } from "~/features/connectors/set-up/columns-to-map";
import { choiceProblems, readFieldsForm } from "~/features/connectors/set-up/fields-form";
import { type FieldShown, type StreamShown, streamsShown } from "~/features/connectors/set-up/fields-view";
import { type Reach, type SetUp } from "~/features/connectors/set-up/find-set-up.server";
import { lookUpOffers } from "~/features/connectors/set-up/look-up-offers.server";
import { completed, type Offers, usualSelection } from "~/features/connectors/set-up/offers";
import { type Examples, examplesOf, readExamples } from "~/features/connectors/set-up/read-examples.server";
import { notFound } from "~/http/answers.server";
import { flash, warning } from "~/http/flash.server";
import { onlyText, readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { type RouteArgs } from "~/http/scope.server";
import { fold } from "~/platform/fold.server";
import { dateIn } from "~/platform/time";
import {
  CHANGED,
  frameFacts,
  goOn,
  requireSetUp,
  SAVED,
  type SetUpPage,
  versionIn,
} from "~/routes/connectors/set-up/set-up-facts.server";

const LONGEST_QUERY = 100;

export interface StreamToChoose extends Omit<StreamShown, "top"> {
  top: (FieldShown & { examples: string[] })[];
}

export async function loadFields(args: RouteArgs, reach: Reach) {
  const page = await requireSetUp(args, reach.providers);
  const { scope, setUp } = page;
  const { signal } = args.request;
  const query = (new URL(args.request.url).searchParams.get("q") ?? "").trim().slice(0, LONGEST_QUERY);
  const looked = await lookUpOffers(scope, { setUp, provider: page.provider, reach, signal });
  const { offers, provider } = looked;
  const frame = frameFacts(page, "fields");
  const shown = { ...frame, version: setUp.version, query, hasDraft: setUp.draft !== null };
  if (!offers) return { ...shown, streams: [], problem: looked.problem, theirs: null };
  const chosen = chosenNow({ setUp, provider }, offers);
  const view = streamsShown(provider.streams, { offers, chosen, query, plain: fold });
  // Of what is not ticked nothing is read, not even to show it.
  const read = view.filter(({ isRead }) => isRead);
  const wanted = new Map(
    read.map(({ id, top }) => [id, top.filter((field) => !field.isGone).map((field) => field.id)]),
  );
  const examples = looked.problem
    ? { cells: new Map(), problem: looked.problem }
    : await readExamples(scope, { setUp, provider, reach, signal }, wanted);
  return {
    ...shown,
    streams: view.map((stream) => withExamples(stream, offers, examples)),
    problem: examples.problem,
    theirs: theirsSince(setUp, offers),
  };
}

export type FieldsView = Awaited<ReturnType<typeof loadFields>>;

function withExamples(stream: StreamShown, offers: Offers, { cells }: Examples): StreamToChoose {
  const records = cells.get(stream.id) ?? [];
  const offered = new Map((offers[stream.id] ?? []).map((field) => [field.id, field]));
  const top = stream.top.map((field) => {
    const known = offered.get(field.id);
    return { ...field, examples: known ? examplesOf(known, records) : [] };
  });
  return { ...stream, top };
}

/** What is ticked: as somebody was choosing, else as it is saved, else what is usual. */
function chosenNow({ setUp, provider }: Pick<SetUpPage, "setUp" | "provider">, offers: Offers): Selection {
  const saved = Object.keys(setUp.selection).length > 0 ? setUp.selection : usualSelection(provider.streams, offers);
  return completed(setUp.draft?.chosen ?? saved, offers);
}

const MOST_NAMED = 12;

/** What somebody else has saved since the choice was begun, in sentences; null: nobody has. */
function theirsSince({ draft, version, selection }: SetUp, offers: Offers): string[] | null {
  if (!draft || draft.version === version) return null;
  const named = (fields: Map<string, string[]>) =>
    [...fields].flatMap(([streamId, ids]) =>
      ids.map((id) => (offers[streamId] ?? []).find((field) => field.id === id)?.label ?? id),
    );
  const list = (names: string[]) =>
    names.slice(0, MOST_NAMED).join(", ") + (names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : "");
  const [onlyTheirs, onlyMine] = [
    named(fieldsRemoved(selection, draft.chosen)),
    named(fieldsRemoved(draft.chosen, selection)),
  ];
  if (onlyTheirs.length + onlyMine.length === 0) return null;
  return [
    ...(onlyTheirs.length > 0 ? [`Saved, and not ticked by you: ${list(onlyTheirs)}.`] : []),
    ...(onlyMine.length > 0 ? [`Ticked by you, and not saved: ${list(onlyMine)}.`] : []),
  ];
}

/** What was ticked, kept as a draft: whatever comes of it, nothing is lost. Null: nobody knows what there is to choose. */
async function keepSent(page: SetUpPage, sent: FormData) {
  const { scope, setUp, streams } = page;
  const offers = setUp.offers?.of;
  if (!offers) return null;
  const before = setUp.draft ? { ...setUp.selection, ...setUp.draft.chosen } : setUp.selection;
  const chosen = readFieldsForm(sent, { streams, offers, before });
  const version = versionIn(sent);
  await keepChoice(scope, setUp.connector.id, { chosen, version });
  return { chosen, version, offers };
}

/** Shows the fields that hold these words; what was ticked is kept. */
export async function narrowFields(args: RouteArgs, reach: Pick<Reach, "providers">): Promise<Response> {
  const page = await requireSetUp(args, reach.providers);
  const sent = await readForm(args.request);
  await keepSent(page, sent);
  const query = sent.has("all") ? "" : onlyText(sent, "q").trim().slice(0, LONGEST_QUERY);
  return redirectTo(
    args,
    `${page.base}/fields${query === "" ? "" : `?${new URLSearchParams({ q: query }).toString()}`}`,
  );
}

export async function discardChoice(args: RouteArgs, reach: Pick<Reach, "providers">): Promise<Response> {
  const { scope, setUp, base } = await requireSetUp(args, reach.providers);
  await dropChoice(scope, setUp.connector.id);
  return redirectTo(args, `${base}/fields`, flash("Thrown away. It is as it was saved."));
}

const refuse = (errors: { name: string; words: string }[]) => data({ errors }, { status: 422 });

export async function saveFields(args: RouteArgs, reach: Pick<Reach, "providers">) {
  const page = await requireSetUp(args, reach.providers);
  const { scope, setUp, provider, base } = page;
  const sent = await keepSent(page, await readForm(args.request));
  if (!sent)
    return refuse([{ name: "", words: `What ${provider.name} offers is not known yet. Open this page again.` }]);
  const { chosen, version, offers } = sent;
  const problems = choiceProblems(page.streams, chosen, dateIn(scope.place.timeZone, scope.clock.now()));
  if (problems.length > 0) return refuse(problems);
  if (version !== setUp.version) return refuse([{ name: "", words: CHANGED }]);
  const removed = await removedOf(page, chosen);
  if (removed.length > 0) return redirectTo(args, `${base}/fields/removal`);
  const saved = await chooseFields(scope, setUp.connector.id, { chosen, version, offers, doors: reach });
  return afterSaving(args, page, saved, { chosen, offers });
}

async function afterSaving(
  args: RouteArgs,
  page: SetUpPage,
  saved: ChooseResult,
  { chosen, offers }: { chosen: Selection; offers: Offers },
) {
  if (!saved.ok) return saved.reason === "changed" ? refuse([{ name: "", words: CHANGED }]) : notFound();
  const { setUp, base } = page;
  const added = notLookedAt({ selection: chosen, mapping: setUp.mapping }, offers);
  if (setUp.connector.state !== "setting-up" && added > 0) {
    const words = "Saved. Say where the new fields go: until then they go nowhere.";
    return redirectTo(args, `${base}/mapping`, flash(words));
  }
  return goOn(args, page, { to: "mapping", saved: SAVED });
}

export interface RemovedOf {
  /** "contacts" */
  many: string;
  /** All of it is read no longer. */
  isWhole: boolean;
  labels: string[];
  /** How many of its records are stored here. */
  stored: number;
}

/** By stream: what would be read no longer and is stored here. */
async function removedOf({ scope, setUp, streams }: SetUpPage, chosen: Selection): Promise<RemovedOf[]> {
  const removed = fieldsRemoved(setUp.selection, chosen);
  if (removed.size === 0) return [];
  const stored = await countStored(scope, setUp.connector.id);
  return streams.flatMap(({ id, noun }) => {
    const fields = removed.get(id);
    const count = stored.get(id) ?? 0;
    if (!fields || count === 0) return [];
    const offered = setUp.offers?.of[id] ?? [];
    const labels = fields.map((field) => offered.find((one) => one.id === field)?.label ?? field);
    return [{ many: noun.many, isWhole: chosen[id] === undefined, labels, stored: count }];
  });
}

/** The page before something stored is erased; it is for a choice that is kept as a draft. */
export async function loadRemoval(args: RouteArgs, reach: Pick<Reach, "providers">) {
  const page = await requireSetUp(args, reach.providers);
  const { scope, setUp, base } = page;
  const removed = setUp.draft ? await removedOf(page, setUp.draft.chosen) : [];
  // There is nothing to ask about.
  if (!setUp.draft || removed.length === 0) throw redirect(`${base}/fields`);
  const confirmed = { version: String(setUp.draft.version), choice: choiceShown(setUp.draft.chosen) };
  return { ...frameFacts(page, "fields"), page: `${base}/fields`, confirmed, removed, locale: scope.place.locale };
}

const CHANGED_CHOICE =
  "What is ticked was changed since you were asked, so nothing is erased yet. This is what it would be now.";

export async function confirmRemoval(args: RouteArgs, reach: Pick<Reach, "providers">) {
  const page = await requireSetUp(args, reach.providers);
  const { scope, setUp, base } = page;
  const sent = await readForm(args.request);
  const version = versionIn(sent);
  const offers = setUp.offers?.of;
  if (!setUp.draft || !offers) return redirectTo(args, `${base}/fields`);
  const { chosen } = setUp.draft;
  if (onlyText(sent, "choice") !== choiceShown(chosen)) {
    return redirectTo(args, `${base}/fields/removal`, warning(CHANGED_CHOICE));
  }
  const saved = await chooseFields(scope, setUp.connector.id, { chosen, version, offers, doors: reach });
  if (!saved.ok) return saved.reason === "changed" ? redirectTo(args, `${base}/fields`, flash(CHANGED)) : notFound();
  return goOn(args, page, { to: "mapping", saved: "Saved. What was stored of the fields is being erased." });
}
