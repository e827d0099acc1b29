import { readRunSettings } from "~/features/pipeline/draft/run-settings.server";

/** The cells of a row of a file as they were received, with where the import's mapping sent each. */
export function fileCells(settings: string, payload: string) {
  const { columns, mapping } = readRunSettings(settings);
  const cells = JSON.parse(payload) as unknown;
  if (!Array.isArray(cells)) return [];
  return cells.map((cell: unknown, index) => {
    const column = columns[index] ?? `Column ${index + 1}`;
    return { column, field: mapping[index] ?? "", text: typeof cell === "string" ? cell : "", rawField: column };
  });
}
