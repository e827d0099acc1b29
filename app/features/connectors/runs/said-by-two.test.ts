import { describe, expect, test } from "vitest";
import { subjects } from "~/composition.server";
import { continueSync } from "~/features/connectors/runs/continue-sync.server";
import { takeAway } from "~/features/connectors/runs/take-away.server";
import "~/features/contacts/tables";
import { nothingKnown } from "~/features/contacts/contact";
import { createContact } from "~/features/contacts/edit-contact.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { connected, runOf, synced, type Synced } from "~/testing/given-syncs";
import { undoneWholly } from "~/testing/given-undo";
import { type SmallSystem, smallSystem } from "~/testing/small-system";

const { signal } = new AbortController();

const emeka = { given: "Emeka", family: "Okafor", email: "emeka@okafor.example" };

/** As both systems have it: Emeka works for his family's firm. */
function ledger(): SmallSystem {
  const system = smallSystem();
  system.put("people", "p1", { ...emeka, worksFor: "c1" });
  system.put("companies", "c1", { name: "Okafor & Sons" });
  return system;
}

describe.each(databases)("a relationship that two connectors tell of, on %s", (engine) => {
  /** The office knows both by hand, so that they stay whatever becomes of the connectors; how they stand it does not. */
  async function twoLedgers() {
    const scope = await given.scope(engine, "admin", { clock: testClock() });
    const emails = [{ value: emeka.email, label: null }];
    await createContact(scope, { ...nothingKnown, givenName: "Emeka", familyName: "Okafor", emails });
    await createContact(scope, { ...nothingKnown, kind: "business", company: "Okafor & Sons" });
    const [first, second] = [await tells(scope), await tells(scope)];
    expect(first.run.connector?.beside).toMatchObject({ related: 1 });
    expect(second.run.connector?.beside).toMatchObject({ related: 0 });
    expect(await related(scope)).toBe(1);
    return { scope, first, second };
  }

  async function tells(scope: Scope) {
    const system = ledger();
    const id = await connected(scope);
    return { id, system, run: await synced(scope, id, system) };
  }

  type Ledger = Awaited<ReturnType<typeof tells>>;

  async function related(scope: Scope): Promise<number> {
    const rows = scope.db.selectFrom("relationships").select("type").where("account_id", "=", scope.account.id);
    return (await rows.execute()).length;
  }

  async function takenAway(scope: Scope, { id, system }: Ledger): Promise<Synced> {
    const taken = await takeAway(scope, id, system.provider);
    const runId = (taken.ok && taken.runId) || "";
    await continueSync(scope, runId, { subjects, doors: system.doors, signal });
    return runOf(scope, runId);
  }

  /** He is at that firm no longer. */
  async function leaves(scope: Scope, { id, system }: Ledger): Promise<Synced> {
    system.put("people", "p1", emeka);
    return synced(scope, id, system);
  }

  const undo = (scope: Scope, { changeSetId }: Pick<Synced, "changeSetId">) => undoneWholly(scope, changeSetId ?? "");

  test("stays when one of them is taken away, and goes with the other; each is put back by its undo", async () => {
    const { scope, first, second } = await twoLedgers();
    const away = await takenAway(scope, first);
    expect([away.connector?.beside?.unrelated, await related(scope)]).toEqual([0, 1]);
    expect(away.log.join(" ")).not.toContain("relationship");
    const last = await takenAway(scope, second);
    expect([last.connector?.beside?.unrelated, await related(scope)]).toEqual([1, 0]);
    expect(last.log.join(" ")).toContain("1 relationship taken back");
    expect((await undo(scope, last)).left).toEqual([]);
    expect(await related(scope)).toBe(1);
    expect((await undo(scope, away)).left).toEqual([]);
    expect(await related(scope)).toBe(1);
  });

  test("is the second's when the first says it no longer, and goes when that says so, too", async () => {
    const { scope, first, second } = await twoLedgers();
    expect((await leaves(scope, first)).connector?.beside).toMatchObject({ unrelated: 0 });
    expect(await related(scope)).toBe(1);
    expect((await leaves(scope, second)).connector?.beside).toMatchObject({ unrelated: 1 });
    expect(await related(scope)).toBe(0);
  });

  test("is the first's still when its being taken away was undone before the second went", async () => {
    const { scope, first, second } = await twoLedgers();
    await undo(scope, await takenAway(scope, first));
    expect((await takenAway(scope, second)).connector?.beside).toMatchObject({ unrelated: 0 });
    expect(await related(scope)).toBe(1);
    expect((await leaves(scope, first)).connector?.beside).toMatchObject({ unrelated: 1 });
    expect(await related(scope)).toBe(0);
  });

  test("stays when the run that told of it first is undone, and says why; it is the second's then", async () => {
    const { scope, first, second } = await twoLedgers();
    const undone = await undo(scope, first.run);
    expect(undone.left).toMatchObject([{ what: "“works for”", why: "another connector says so, too" }]);
    expect(await related(scope)).toBe(1);
    expect((await leaves(scope, second)).connector?.beside).toMatchObject({ unrelated: 1 });
    expect(await related(scope)).toBe(0);
  });

  test("goes with the undo of the second's run where the first was taken away before, and comes back when it is redone", async () => {
    const { scope, first, second } = await twoLedgers();
    await takenAway(scope, first);
    const undone = await undo(scope, second.run);
    expect([undone.left, await related(scope)]).toEqual([[], 0]);
    await undoneWholly(scope, undone.changeSetId ?? "");
    expect(await related(scope)).toBe(1);
    expect((await takenAway(scope, second)).connector?.beside).toMatchObject({ unrelated: 1 });
    expect(await related(scope)).toBe(0);
  });

  test("is told anew by the second that reads again, after its run was undone when the first was taken away", async () => {
    const { scope, first, second } = await twoLedgers();
    await takenAway(scope, first);
    await undo(scope, second.run);
    expect(await related(scope)).toBe(0);
    expect((await synced(scope, second.id, second.system)).connector?.beside).toMatchObject({ related: 1 });
    expect(await related(scope)).toBe(1);
    expect((await leaves(scope, second)).connector?.beside).toMatchObject({ unrelated: 1 });
    expect(await related(scope)).toBe(0);
  });

  test("stays through the undo of the second's run, as long as the first says it", async () => {
    const { scope, first, second } = await twoLedgers();
    expect((await undo(scope, second.run)).left).toEqual([]);
    expect(await related(scope)).toBe(1);
    expect((await takenAway(scope, first)).connector?.beside).toMatchObject({ unrelated: 1 });
    expect(await related(scope)).toBe(0);
  });

  test("of a record that was gone is told anew when it is there again", async () => {
    const { scope, first, second } = await twoLedgers();
    await takenAway(scope, second);
    first.system.remove("people", "p1");
    expect((await synced(scope, first.id, first.system)).connector?.beside).toMatchObject({ unrelated: 1 });
    first.system.put("people", "p1", { ...emeka, worksFor: "c1" });
    expect((await synced(scope, first.id, first.system)).connector?.beside).toMatchObject({ related: 1 });
    expect((await leaves(scope, first)).connector?.beside).toMatchObject({ unrelated: 1 });
    expect(await related(scope)).toBe(0);
  });
});
