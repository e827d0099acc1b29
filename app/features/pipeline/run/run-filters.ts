/** Which runs a list shows, as its address says it. */
import { WAITS_FOR_ANSWER } from "~/features/pipeline/run/import-words";
import { type RunState } from "~/features/pipeline/run/run";
import { type Walk } from "~/platform/keyset-page";
import { isDate, isInstant } from "~/platform/time";

/** States as people look for them: what waits for an answer is not among the rest that needs attention; what is undone is that, whatever it was before. */
export const runGroups = {
  working: ["queued", "running"],
  done: ["done"],
  asking: ["attention"],
  attention: ["attention"],
  failed: ["failed"],
  cancelled: ["cancelled"],
  undone: [],
} as const satisfies Record<string, readonly RunState[]>;
export type RunGroup = keyof typeof runGroups;

export const groupNames: Record<RunGroup, string> = {
  working: "At work",
  done: "Done",
  asking: WAITS_FOR_ANSWER,
  attention: "Needs attention",
  failed: "Failed",
  cancelled: "Cancelled",
  undone: "Undone",
};

export interface RunFilters {
  /** A connector's id, or `files`: imports of files. */
  of: string | null;
  state: RunGroup | null;
  /** Plain dates, both included. */
  from: string | null;
  until: string | null;
}

/** The run beyond which a page begins. */
export interface RunPlace {
  at: string;
  id: string;
}

export type RunCursor = Walk & RunPlace;

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What is not understood is left out. */
export function readRunFilters(params: URLSearchParams): RunFilters {
  const date = (name: string) => {
    const text = params.get(name) ?? "";
    return isDate(text) ? text : null;
  };
  const of = params.get("of") ?? "";
  const state = params.get("state") ?? "";
  return {
    of: of === "files" || ID.test(of) ? of : null,
    state: Object.hasOwn(runGroups, state) ? (state as RunGroup) : null,
    from: date("from"),
    until: date("until"),
  };
}

export function readRunCursor(params: URLSearchParams): RunCursor | null {
  const [at = "", id = ""] = (params.get("beyond") ?? "").split("~");
  if (!isInstant(at) || !ID.test(id)) return null;
  const place = /^\d{1,9}$/.exec(params.get("place") ?? "")?.[0] ?? "0";
  return { direction: params.get("go") === "back" ? "previous" : "next", place: Number(place), at, id };
}

/** "?state=failed&of=…"; "" for all of them. */
export function runQueryOf(filters: Partial<RunFilters>, cursor: RunCursor | null = null): string {
  const { of, state, from, until } = filters;
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries({ of, state, from, until })) if (value) params.set(name, value);
  if (cursor) {
    params.set("beyond", `${cursor.at}~${cursor.id}`);
    if (cursor.direction === "previous") params.set("go", "back");
    if (cursor.place > 0) params.set("place", String(cursor.place));
  }
  return params.size > 0 ? `?${params.toString()}` : "";
}
