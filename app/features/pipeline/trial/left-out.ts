/** What stands in a file and is not brought in: the columns that go nowhere and have something in them. Nothing goes unsaid. */
import { ourColumns } from "~/features/pipeline/columns/columns";
import { type RunSettings } from "~/features/pipeline/draft/run-settings.server";
import { type KnownLayout } from "~/features/pipeline/subject";

export interface LeftOut {
  /** Of a column, or of a property of cards. */
  name: string;
  rows: number;
}

type Settings = Pick<RunSettings, "columns" | "mapping" | "origin" | "correction">;

/** Counts as the rows of a file go by. Of corrected rows it was told when they came first. */
export function leftOutTally({ columns, mapping, origin, correction }: Settings, layouts: readonly KnownLayout[]) {
  const layout = layouts.find(({ name, mappingOf }) => name === origin && mappingOf(columns) !== null);
  const ours = ourColumns(columns);
  const nowhere = columns.flatMap((name, index) => {
    return correction || ours[index] || mapping[index] !== "" ? [] : [{ name, index, rows: 0 }];
  });
  return {
    add(cells: readonly string[]): void {
      for (const column of nowhere) {
        const value = cells[column.index]?.trim();
        if (value && !layout?.saysNothing?.(column.name, value)) column.rows++;
      }
    },
    result: (): LeftOut[] => nowhere.filter(({ rows }) => rows > 0).map(({ name, rows }) => ({ name, rows })),
  };
}

const MOST_NAMED = 6;

/** "Not brought in: Nickname (3 rows), Photo (1 row) and 2 more."; null where nothing is left out. */
export function leftOutSentence(all: readonly LeftOut[], locale: string): string | null {
  if (all.length === 0) return null;
  const number = (count: number) => count.toLocaleString(locale);
  // One more is as short as saying that there is one.
  const named = all.slice(0, all.length === MOST_NAMED + 1 ? all.length : MOST_NAMED);
  const words = named.map(({ name, rows }) => `${name} (${number(rows)} ${rows === 1 ? "row" : "rows"})`);
  const more = all.length - named.length;
  return `In the file, but not brought in: ${words.join(", ")}${more > 0 ? ` and ${number(more)} more` : ""}.`;
}
