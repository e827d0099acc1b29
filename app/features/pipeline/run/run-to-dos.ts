import { type RunCounts, type RunState } from "~/features/pipeline/run/run";

interface Told {
  id: string;
  fileName: string;
  state: RunState;
  counts: RunCounts;
}

/** What is left to do about these runs, as lines of the home page. */
export function runToDos(runs: readonly Told[]) {
  return runs.flatMap(({ id, fileName, state, counts }) => {
    const words = leftToDo(state, counts);
    const href = state === "draft" ? `imports/${id}/columns` : `imports/${id}`;
    return words ? [{ key: `run ${id}`, label: "Import", href, who: fileName, words }] : [];
  });
}

function leftToDo(state: RunState, { refused }: RunCounts): string | null {
  if (state === "draft") return "is uploaded, and nothing of it is stored yet";
  if (state === "failed") return "stopped before its end: see why";
  if (state !== "attention") return null;
  return refused === 1 ? "has 1 row that was refused" : `has ${refused} rows that were refused`;
}
