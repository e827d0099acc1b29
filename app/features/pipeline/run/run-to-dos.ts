import { type RunState } from "~/features/pipeline/run/run";

interface Told {
  id: string;
  fileName: string;
  state: RunState;
}

/** What is left to do about these runs, as lines of the home page. `left`: refused rows still to be looked at, by run. */
export function runToDos(runs: readonly Told[], left: ReadonlyMap<string, number>) {
  return runs.flatMap(({ id, fileName, state }) => {
    const words = leftToDo(state, left.get(id) ?? 0);
    const href = state === "draft" ? `imports/${id}/columns` : `imports/${id}`;
    return words ? [{ key: `run ${id}`, label: "Import", href, who: fileName, words }] : [];
  });
}

function leftToDo(state: RunState, left: number): string | null {
  if (state === "draft") return "is uploaded, and nothing of it is stored yet";
  if (state === "failed") return "stopped before its end: see why";
  if (left === 0) return null;
  return left === 1 ? "has 1 refused row to correct" : `has ${left} refused rows to correct`;
}
