/** Changes as the list and the page of one tell them. */
import { undoing } from "~/composition.server";
import { type Change } from "~/features/changes/list-changes.server";
import { hasOwnWay } from "~/features/changes/undo-window";
import { changeWords, countWords } from "~/features/contacts/history/change-words";
import { namesOfSingles, type TouchedContact } from "~/features/contacts/history/touched-contacts.server";
import { valuesOfChanges } from "~/features/contacts/suppression/list-suppressions.server";
import { type ConnectorNow, type RunOfChange, runsOfChanges } from "~/features/pipeline/run/undo-run.server";
import { type Scope } from "~/platform/scope.server";

export interface ChangeTold {
  what: string;
  /** How many, or whom where it was one contact; "" where there is nothing to say. */
  whom: string;
  /** What did it: an import, a run of a connector, or a person. */
  broughtBy: "import" | "run" | null;
  connector: ConnectorNow;
}

/** By the change's id. Three statements, each where there is something to ask for. */
export async function tellChanges(scope: Scope, changes: readonly Change[]): Promise<Map<string, ChangeTold>> {
  const runs = await runsOf(scope, changes);
  const singles = changes.filter(isOfOne).map(({ id }) => id);
  const names = await namesOfSingles(scope, singles);
  const values = await suppressedBy(scope, changes);
  const nameOf = ({ id }: Change) => names.get(id) ?? values.get(id);
  return new Map(changes.map((change) => [change.id, told(scope, change, { runs, name: nameOf(change) })]));
}

/** One, of which it is known already whom it touched. */
export async function tellChange(
  scope: Scope,
  change: Change,
  touched: readonly Pick<TouchedContact, "position" | "name">[],
): Promise<ChangeTold> {
  const contact = isOfOne(change) ? touched.find(({ position }) => position === 0)?.name : undefined;
  const name = contact ?? (await suppressedBy(scope, [change])).get(change.id);
  return told(scope, change, { runs: await runsOf(scope, [change]), name });
}

/** The addresses and numbers that were put on the suppression list one by one. */
function suppressedBy(scope: Scope, changes: readonly Change[]): Promise<ReadonlyMap<string, string>> {
  const some = changes.filter((change) => isOfList(change) && isOfOne(change));
  return valuesOfChanges(
    scope,
    some.map(({ id }) => id),
  );
}

/** Of imports and connectors, and of what undid them. */
function runsOf(scope: Scope, changes: readonly Change[]): Promise<ReadonlyMap<string, RunOfChange>> {
  const imports = changes.filter(({ action, undoOf }) => hasOwnWay(undoing.ownWays, undoOf?.rootAction ?? action));
  return runsOfChanges(scope, imports.map(rootOf));
}

const rootOf = ({ id, undoOf }: Change) => undoOf?.rootId ?? id;

function told(
  { place }: Scope,
  change: Change,
  { runs, name }: { runs: ReadonlyMap<string, RunOfChange>; name: string | undefined },
): ChangeTold {
  const run = runs.get(rootOf(change)) ?? null;
  return {
    what: changeWords(change, run && run.name),
    whom: name || countWords(change, place.locale),
    broughtBy: run && broughtBy(change),
    connector: run?.connector ?? null,
  };
}

function broughtBy({ action, undoOf }: Change): "import" | "run" {
  return (undoOf?.rootAction ?? action).endsWith(".synced") ? "run" : "import";
}

function isOfList({ action, undoOf }: Change): boolean {
  return (undoOf?.rootAction ?? action).startsWith("suppression.");
}

function isOfOne({ counts }: Change): boolean {
  return (counts.contacts ?? counts.undone ?? 1) === 1;
}
