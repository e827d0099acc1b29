/** Changes as the list and the page of one tell them. */
import { type Change } from "~/features/changes/list-changes.server";
import { changeWords, countWords } from "~/features/contacts/history/change-words";
import { namesOfSingles } from "~/features/contacts/history/touched-contacts.server";
import { valuesOfChanges } from "~/features/contacts/suppression/list-suppressions.server";
import { filesOfChanges } from "~/features/pipeline/run/undo-run.server";
import { type Scope } from "~/platform/scope.server";

export interface ChangeTold {
  what: string;
  /** How many, or whom where it was one contact; "" where there is nothing to say. */
  whom: string;
  isImport: boolean;
}

/** By the change's id. Two statements, three where one is of the suppression list. */
export async function tellChanges(scope: Scope, changes: readonly Change[]): Promise<Map<string, ChangeTold>> {
  const roots = changes.map(({ id, undoOf }) => undoOf?.rootId ?? id);
  const files = await filesOfChanges(scope, roots);
  const names = await namesOfSingles(
    scope,
    changes.map(({ id }) => id),
  );
  const values = await valuesOfChanges(
    scope,
    changes.filter(isOfList).map(({ id }) => id),
  );
  return new Map(
    changes.map((change) => {
      const rootId = change.undoOf?.rootId ?? change.id;
      const fileName = files.get(rootId) ?? null;
      return [
        change.id,
        {
          what: changeWords(change, fileName),
          whom:
            (isOfOne(change) && (names.get(change.id) ?? values.get(change.id))) ||
            countWords(change, scope.place.locale),
          isImport: files.has(rootId),
        },
      ];
    }),
  );
}

function isOfList({ action, undoOf }: Change): boolean {
  return (undoOf?.rootAction ?? action).startsWith("suppression.");
}

function isOfOne({ counts }: Change): boolean {
  return (counts.contacts ?? counts.undone ?? 1) === 1;
}
