/** An undo whose rows have come in again since shows no Redo that would be refused, nor a broken redo a Go on. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { undoing } from "~/composition.server";
import { stopUndo } from "~/features/changes/open-undo.server";
import { undoChangeSet } from "~/features/changes/undo.server";
import { MOST_AT_ONCE } from "~/features/changes/undo-window";
import { csvOf, imported, refusedSheet, typed } from "~/testing/corrected";
import { connected, synced } from "~/testing/given-syncs";
import { howItEnded, runUndoJob, undoneWholly } from "~/testing/given-undo";
import { smallSystem } from "~/testing/small-system";
import { ask, type House, openHouse } from "~/testing/walk/house";

let house: House;
beforeAll(async () => {
  house = await openHouse("sqlite");
});
afterAll(() => house.site.close());

async function page(path: string): Promise<string> {
  const { text } = await ask(house.site, house.people.admin, `/${house.example.slug}${path}`);
  return text.replace(/<!-- -->/g, "");
}

test("Redo is offered until the rows have come in again, and then the reason stands in its place", async () => {
  const first = await imported(house.ours, "Name,Email\nUmi Xagain,umi@@again.example\n");
  const file = csvOf(typed(await refusedSheet(first.scope, first.id), "Email", () => "umi@again.example"));
  const second = await imported(first.scope, file, "mended.csv");
  const undone = await undoneWholly(second.scope, second.changeSetId ?? "");
  const reason = "What it brought has come in again since, so it cannot be redone";
  expect(await page(`/changes/${undone.changeSetId}`)).toMatch(/>Redo/);
  expect(await page("/changes")).not.toContain(reason);

  await imported(second.scope, file, "mended.csv");
  for (const path of [`/changes/${undone.changeSetId}`, `/changes/${second.changeSetId}`]) {
    const html = await page(path);
    expect(html).toContain(reason);
    expect(html).not.toMatch(/>Redo/);
  }
  expect(await page("/changes")).toContain(reason);
});

test("a redo that broke off is gone on with until a run has read it again, and then the reason is told", async () => {
  const scope = house.ours;
  const system = smallSystem();
  system.pageSize = 100;
  const many = MOST_AT_ONCE + 1;
  for (let n = 0; n < many; n++) {
    system.put("people", `p${n}`, { given: "Umi", family: `Yagain ${n}`, email: `umi.${n}@again.example` });
  }
  const connectorId = await connected(scope);
  const { changeSetId } = await synced(scope, connectorId, system);
  const undone = await undoneWholly(scope, changeSetId ?? "");
  const asked = await undoChangeSet(scope, undone.changeSetId ?? "", undoing);
  if (!asked.ok || !("undoId" in asked)) throw new Error("It is not a job's");
  const { changeSetId: redo } = await howItEnded(scope, asked.undoId);
  await stopUndo(scope, redo ?? "");
  await runUndoJob(scope, asked.undoId);
  const before = await page(`/changes/${redo}`);
  expect(before).toMatch(/>Go on</);
  expect(before).toContain("Nothing is lost: it can be gone on with.");

  expect(await synced(scope, connectorId, system)).toMatchObject({ counts: { created: many } });
  for (const path of [`/changes/${redo}`, `/changes/${changeSetId}`]) {
    const html = await page(path);
    expect(html).toContain(
      "It ended before all was done. What it brought has come in again since, so it cannot be redone.",
    );
    expect(html).not.toMatch(/>Go on</);
  }
});
