/** "days.csv" in its two parts; null: no such kind of file. */
export function readFileName(file = ""): { name: string; ending: "csv" | "xlsx" } | null {
  const [, name, ending] = /^([a-z]{1,20})\.(csv|xlsx)$/.exec(file) ?? [];
  if (!name || (ending !== "csv" && ending !== "xlsx")) return null;
  return { name, ending };
}
