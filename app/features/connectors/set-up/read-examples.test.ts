/** First values for a page that somebody waits for: of what is asked of a system at once, and of how long that may take. */
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, expect, test, vi } from "vitest";
import { type Page, type Provider, Trouble } from "~/features/connectors/connector";
import { type SetUp } from "~/features/connectors/set-up/find-set-up.server";
import { type Looking } from "~/features/connectors/set-up/look-up-offers.server";
import { examplesOf, readExamples, valuesOf } from "~/features/connectors/set-up/read-examples.server";
import { type Scope } from "~/platform/scope.server";
import { connectionTo, smallSystem } from "~/testing/small-system";

afterEach(() => void vi.useRealTimers());

type Read = (streamId: string, signal: AbortSignal) => Promise<void>;

/** A tap of eighty lists, each of whose readings does what is said. */
function tapOf(read: Read) {
  const lists = Array.from({ length: 80 }, (_, n) => `list-${n + 1}`);
  const provider: Provider = {
    ...smallSystem().provider,
    name: "Choir register",
    read: async function* (connection, { streamId }): AsyncGenerator<Page> {
      await read(streamId, connection.signal);
      yield { records: [{ id: "1", payload: { name: `First of ${streamId}` }, changedAt: null }], after: null };
    },
    cellsOf: (_streamId, { name }) => new Map([["name", String(name)]]),
  };
  const looking: Looking = {
    ...{ provider, setUp: { connector: { id: "the-tap" } } as SetUp, signal: new AbortController().signal },
    reach: {
      providers: new Map(),
      open: (_scope, { signal }) => Promise.resolve(connectionTo(() => "2026-03-02T09:00:00.000Z", signal)),
    },
  };
  const wanted = new Map(lists.map((id) => [id, ["name"]]));
  return () => readExamples({} as Scope, looking, wanted);
}

const untilStopped: Read = (_streamId, signal) =>
  new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));

test("lists are read one after the other, however many there are", async () => {
  let [atOnce, most] = [0, 0];
  const { cells, problem } = await tapOf(async () => {
    most = Math.max(most, ++atOnce);
    await wait(1);
    atOnce--;
  })();
  expect([most, cells.size, problem]).toEqual([1, 80, null]);
  expect(cells.get("list-80")?.[0]?.get("name")).toBe("First of list-80");
});

test("when the time is over, what there is by then is shown, and it is said that it is not all", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const asked: string[] = [];
  const reading = tapOf((streamId, signal) => {
    asked.push(streamId);
    return streamId === "list-3" ? untilStopped(streamId, signal) : Promise.resolve();
  })();
  await vi.advanceTimersByTimeAsync(20_000);
  const { cells, problem } = await reading;
  expect([...cells.keys()]).toEqual(["list-1", "list-2"]);
  expect(asked).toEqual(["list-1", "list-2", "list-3"]);
  expect(problem?.words).toMatch(/Choir register longer than twenty seconds .* some are missing/);
});

test("where nothing came in time, or there is trouble, that is said", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const silent = tapOf(untilStopped)();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(await silent).toMatchObject({ problem: { words: expect.stringContaining("did not answer") as string } });
  const broken = await tapOf((streamId) =>
    streamId === "list-2" ? Promise.reject(new Trouble("The tap ended.")) : Promise.resolve(),
  )();
  expect([[...broken.cells.keys()], broken.problem?.words]).toEqual([["list-1"], "The tap ended."]);
});

test("several values of a cell are shown as people write them, and looked at one by one", () => {
  const column = { id: "tags", label: "Tags" };
  const records = [new Map([["tags", "Suppliers, former ::: "]]), new Map([["tags", "Clients ::: Choir"]])];
  expect(examplesOf({ columns: [column] }, records)).toEqual(["Suppliers, former", "Clients, Choir"]);
  expect(valuesOf(column, records)).toEqual(["Suppliers, former", "Clients", "Choir"]);
});
