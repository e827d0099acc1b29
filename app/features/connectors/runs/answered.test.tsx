/** What a run's page says became of what it asked. */
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { answerQuestion } from "~/features/connectors/runs/answer-question.server";
import { cancelAnyRun } from "~/features/connectors/runs/cancel-sync.server";
import { Answered } from "~/features/pipeline/run/answered";
import { type Answer } from "~/features/pipeline/run/run";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { answered, connected, runOf, synced } from "~/testing/given-syncs";
import { undoneWholly } from "~/testing/given-undo";
import { smallSystem } from "~/testing/small-system";

/** Five of twenty are gone at the source, and nobody has answered yet. */
async function asking(engine: (typeof databases)[number]) {
  const scope = await given.scope(engine, "admin", { clock: testClock() });
  const system = smallSystem();
  for (let n = 0; n < 20; n++) {
    system.put("people", `p${n}`, { given: "Ngozi", family: `Lindqvist ${n}`, email: `n.${n}@lindqvist.example` });
  }
  const connectorId = await connected(scope);
  await synced(scope, connectorId, system);
  for (let n = 0; n < 5; n++) system.remove("people", `p${n}`);
  const { id: askedBy } = await synced(scope, connectorId, system);
  return { scope, system, connectorId, askedBy };
}

async function pageOf(scope: Scope, runId: string) {
  const answer = (await runOf(scope, runId)).connector?.answer;
  if (!answer) throw new Error("It was not answered");
  const html = renderToStaticMarkup(<Answered base="/brandt" place={scope.place} answer={answer} />);
  const words = html.replaceAll(/<[^>]+>/g, "").split(/: (.*)/)[1];
  return { words, isGood: html.includes("banner good"), link: /href="([^"]+)"/.exec(html)?.[1] };
}

describe.each(databases)("a run that asked, on %s,", (engine) => {
  test.each<[Answer, string]>([
    ["follow", "it is followed here, too."],
    ["leave", "it is left as it is here."],
  ])("says that “%s” is done once it is", async (answer, words) => {
    const { scope, system, connectorId, askedBy } = await asking(engine);
    const { id } = await answered(scope, connectorId, system, answer);
    const link = `/brandt/imports/${id}`;
    expect(await pageOf(scope, askedBy)).toEqual({ words: `${words} See the run that did it`, isGood: true, link });
  });

  test("does not say so while that waits to be done, nor when it was cancelled", async () => {
    const { scope, system, connectorId, askedBy } = await asking(engine);
    const given = await answerQuestion(scope, connectorId, { askedBy, answer: "follow", doors: system.doors });
    const words = (became: string) => `follow it. The run for that ${became}. See that run`;
    expect(await pageOf(scope, askedBy)).toMatchObject({ words: words("is at work"), isGood: false });
    await cancelAnyRun(scope, given.ok ? given.runId : "");
    expect(await pageOf(scope, askedBy)).toMatchObject({ words: words("was cancelled"), isGood: false });
  });

  test("does not say so when that was undone", async () => {
    const { scope, system, connectorId, askedBy } = await asking(engine);
    const { changeSetId } = await answered(scope, connectorId, system, "follow");
    await undoneWholly(scope, changeSetId ?? "");
    const words = "follow it. The run for that was undone. See that run";
    expect(await pageOf(scope, askedBy)).toMatchObject({ words, isGood: false });
  });
});
