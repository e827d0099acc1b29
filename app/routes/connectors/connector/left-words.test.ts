/** What the page of a disconnected connector says of what it brought: what is so, also where taking it away was cut short. */
import { expect, test } from "vitest";
import { leftWords } from "~/routes/connectors/connector/connector.server";

const place = { locale: "en-GB", timeZone: "Europe/London" };
const reading = { takesAway: false, state: "done", isUndone: false, gone: 120 } as const;
const takesAway = (gone: number, more: { state?: "done" | "cancelled"; isUndone?: boolean } = {}) => ({
  ...{ takesAway: true, state: "done" as const, isUndone: false, gone },
  ...more,
});
const stays = "What was read stays.";
const went = "What was read was taken away.";

test.each([
  ["nothing of it was asked to go", [reading], stays],
  ["all of it went", [takesAway(2_400), reading], went],
  [
    "some of it had gone when that was cancelled",
    [takesAway(1_500, { state: "cancelled" }), reading],
    "Of what was read, 1,500 records were taken away; the rest stays.",
  ],
  ["the rest went later", [takesAway(900), takesAway(1_500, { state: "cancelled" }), reading], went],
  [
    "what went first is back",
    [takesAway(900), takesAway(1_500, { state: "cancelled", isUndone: true }), reading],
    "Of what was read, 900 records were taken away; the rest stays.",
  ],
  ["all that went is back", [takesAway(2_400, { isUndone: true }), reading], stays],
  ["it was read again since", [reading, takesAway(2_400)], stays],
])("where %s", (_, runs, words) => {
  expect(leftWords(runs, place)).toBe(words);
});
