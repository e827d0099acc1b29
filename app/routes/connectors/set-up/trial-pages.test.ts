/** What a run would do, tried without storing anything; then the connector is switched on. */
import { describe, expect, test } from "vitest";
import { Throttled, Trouble } from "~/features/connectors/connector";
import { giveUpAbandonedSourceTrials } from "~/features/connectors/set-up/trial/continue-source-trial.server";
import { sweepSourceTrials } from "~/features/connectors/set-up/trial/source-trials.server";
import { findRun } from "~/features/pipeline/run/runs.server";
import { DAY_MS, HOUR_MS } from "~/platform/time";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";
import { contactsOf, synced } from "~/testing/given-syncs";
import { companies, goes, people, usualGoes, leadsTo, walkInEach } from "~/testing/set-up-walk";
import { type Answer } from "~/testing/site";

describe.each(databases)("the trial, and switching on, on %s", (engine) => {
  const walk = walkInEach(engine);
  const { setUp, version, look, send, chosen, mapped, tried, switchedOn } = walk;

  test("tells what a run would do, with reasons, and stores nothing", async () => {
    await mapped();
    const before = await contactsOf(walk.house.scope);
    expect(leadsTo(await send("trial"))).toBe("trial");
    const waiting = await look("trial");
    expect([waiting.headers.refresh, waiting.text.includes("Trying")]).toEqual(["2", true]);
    await tried();
    const { text, headers } = await look("trial");
    expect(headers.refresh).toBeUndefined();
    expect(text).toContain("Would add 2, change 0, leave 0 as they are, refuse 1.");
    expect(text).toContain("Would add 1, change 0, leave 0 as they are, refuse 0.");
    expect(text).toContain("All 3 people that Small Ledger shows were tried.");
    for (const words of ["Folasade Adebayo", "ann at okafor", "Kanzlei Größl", "The first as they would look"]) {
      expect(text).toContain(words);
    }
    // By name, and how it is called there.
    const refused = (await setUp()).trial?.result?.flatMap(({ refusals }) => refusals) ?? [];
    expect(refused.map(({ name, recordId }) => [name, recordId])).toEqual([["Ann Okafor", "p3"]]);
    expect(text).toMatch(/Ann Okafor<span class="under">p3</);
    expect(await contactsOf(walk.house.scope)).toEqual(before);
    const stored = walk.house.scope.db.selectFrom("source_records").select("id").where("connector_id", "=", walk.id);
    expect(await stored.where("account_id", "=", walk.house.scope.account.id).execute()).toEqual([]);
  });

  test("leads to the contacts that a refused record fits, as far as they are there", async () => {
    const emails = [{ value: "f@adebayo.example", label: null }];
    const there = [
      await given.contact(walk.house.scope, { givenName: "Ola", familyName: "Adebayo", emails }),
      await given.contact(walk.house.scope, { givenName: "Tunde", familyName: "Adebayo", emails }),
    ];
    await mapped();
    await send("trial");
    await tried();
    const { text } = await look("trial");
    expect(text).toContain("2 contacts fit: ");
    for (const { id } of there) expect(text).toContain(`/contacts/${id}">“`);
  });

  test("holds for the settings that it was made with, and is thrown away after a day", async () => {
    await mapped();
    await send("trial");
    await tried();
    expect((await setUp()).trial?.state).toBe("done");
    await send("fields", [...people("family", "email"), ...companies("phone")]);
    expect((await setUp()).trial).toBeNull();
    expect((await look("trial")).text).toContain("Try it");
    await send("trial");
    await tried();
    walk.house.clock.advance(DAY_MS + HOUR_MS);
    await sweepSourceTrials(walk.house.scope);
    expect((await setUp()).trial).toBeNull();
  });

  test("waits where the source says later, begins anew after a kill, and ends in words where it cannot be read", async () => {
    await mapped();
    await send("trial");
    walk.house.system.trouble = ({ number }) => {
      if (number > 0) throw new Throttled("Small Ledger asks to wait.", 90_000);
    };
    await tried();
    expect((await setUp()).trial).toMatchObject({ state: "queued", waiting: { why: "Small Ledger asks to wait." } });
    expect((await look("trial")).text).toContain("Small Ledger asks to wait. It goes on at");
    walk.house.system.trouble = ({ streamId }) => {
      if (streamId === "companies") throw new Error("killed");
    };
    await expect(tried()).rejects.toThrow("killed");
    expect((await setUp()).trial?.state).toBe("running");
    walk.house.system.trouble = ({ number }) => {
      if (number > 0) throw new Trouble("Small Ledger shows its people to nobody. Ask whoever runs it.");
    };
    await tried();
    const failed = await look("trial");
    expect(failed.text).toContain("Small Ledger shows its people to nobody. Ask whoever runs it.");
    expect(failed.text).toContain("nothing of what you chose is lost");
    walk.house.system.trouble = () => {};
    await send("trial");
    await tried();
    expect((await setUp()).trial?.state).toBe("done");
  });

  test("cancelled in the middle it stores nothing more, and one that no job goes on with is given up", async () => {
    await mapped();
    await send("trial");
    let asked: Promise<Answer> | null = null;
    walk.house.system.pageSize = 1;
    const sent = await version();
    walk.house.system.trouble = ({ number }) => {
      if (number === 2) asked ??= walk.house.post(walk.id, "trial/cancellation", [sent]);
    };
    const work = tried();
    await work;
    walk.house.system.pageSize = 3;
    expect(leadsTo(await (asked as unknown as Promise<Answer>))).toBe("trial");
    expect((await setUp()).trial).toMatchObject({ state: "cancelled", result: null });
    expect((await look("trial")).text).toContain("The trial was cancelled. Nothing was stored.");
    await walk.house.scope.db
      .updateTable("connector_trials")
      .set({ state: "running" })
      .where("account_id", "=", walk.house.scope.account.id)
      .where("connector_id", "=", walk.id)
      .execute();
    await giveUpAbandonedSourceTrials(walk.house.scope);
    expect((await look("trial")).text).not.toContain("The trial was cancelled");
  });

  test("is refused in words while something is missing", async () => {
    expect(leadsTo(await send("switching-on"))).toBe("fields");
    await chosen();
    expect(leadsTo(await send("switching-on"))).toBe("mapping");
    expect((await look("trial")).text).toContain("Say first where the fields of the people and companies go.");
    expect((await setUp()).connector.state).toBe("setting-up");
  });

  test("starts the first run, which does what the trial had said, and cannot be done twice", async () => {
    walk.house.system.put("people", "p4", {
      given: "Wanda",
      family: `Brandt ${engine}`,
      email: `w@${walk.id}.example`,
    });
    await mapped();
    await send("trial");
    await tried();
    const told = (await setUp()).trial?.result ?? [];
    expect((await look("trial")).text).toContain("Switch it on");
    const run = await findRun(walk.house.scope, await switchedOn());
    const sum = (of: "created" | "changed" | "same" | "refused") =>
      told.reduce((total, { counts }) => total + counts[of], 0);
    expect(run?.counts).toMatchObject({
      ...{ created: sum("created"), changed: sum("changed"), same: sum("same"), refused: sum("refused") },
    });
    expect((await setUp()).connector.state).toBe("on");
    expect(leadsTo(await send("switching-on"))).toBe("");
    // What is changed now leads back to its page, and everything is read anew.
    const fields = [...people("family", "email", "mobile", "notes"), ...companies("phone")];
    expect(leadsTo(await send("fields", fields))).toBe("mapping");
    expect((await look("mapping")).text).not.toContain("Step 3 of 6");
    const more = [...usualGoes, ...goes("people", { notes: "notes" })];
    expect(leadsTo(await send("mapping", more))).toBe("");
  });

  test("of a record that only says the same in another order tells what the run does with it: nothing", async () => {
    const { system } = walk.house;
    // What is inside a field is put together as it stands there.
    const { cellsOf } = system.provider;
    const together = (value: unknown) =>
      value !== null && typeof value === "object" ? Object.values(value).join(", ") : "";
    system.provider.cellsOf = (stream, payload) =>
      new Map([...cellsOf(stream, payload), ...(payload.notes ? [["notes", together(payload.notes)] as const] : [])]);
    const ann = { given: "Ann", family: "Lindqvist", email: "ann@lindqvist.example" };
    system.put("people", "p4", { ...ann, notes: { street: "14 Kiln Row", town: "Leeds" } });
    await chosen(people("family", "email", "mobile", "notes"), companies("phone"));
    await send("mapping", [...usualGoes, ...goes("people", { notes: "notes" })]);
    await switchedOn();
    expect((await contactsOf(walk.house.scope)).map(({ notes }) => notes)).toContain("14 Kiln Row, Leeds");
    system.put("people", "p4", { ...ann, notes: { town: "Leeds", street: "14 Kiln Row" } });
    await send("trial");
    await tried();
    const told = (await setUp()).trial?.result ?? [];
    const { id: runId } = await synced(walk.house.scope, walk.id, system, { mode: "whole" });
    const run = await findRun(walk.house.scope, runId);
    expect(run?.counts).toMatchObject({ created: 0, changed: 0, same: 4, refused: 1 });
    expect(told.map(({ counts }) => counts)).toMatchObject([
      { created: 0, changed: 0, same: 3, refused: 1 },
      { created: 0, changed: 0, same: 1, refused: 0 },
    ]);
    expect(told.map(({ met, changed }) => [met, changed])).toEqual([
      [3, 0],
      [1, 0],
    ]);
    system.provider.cellsOf = cellsOf;
  });

  test("of a record that is older than the one known, and cannot be read, tells what the run does with it: nothing", async () => {
    const { scope, system } = walk.house;
    await mapped();
    await switchedOn();
    system.put("people", "p1", { given: "Folasade", family: "Adebayo", email: "at home" }, "2020-04-01T08:00:00.000Z");
    await send("trial");
    await tried();
    const told = (await setUp()).trial?.result?.find(({ streamId }) => streamId === "people");
    const run = await synced(scope, walk.id, system, { mode: "whole" });
    expect(told?.refusals.map(({ recordId }) => recordId)).not.toContain("p1");
    expect(run.counts).toMatchObject({ changed: 0, refused: told?.counts.refused ?? -1 });
  });

  test("without a trial is allowed, with a warning", async () => {
    await mapped();
    const { text } = await look("trial");
    expect(text).toContain("You see then only in the first run’s receipt");
    expect(text).toContain("Switch it on without a trial");
    await switchedOn();
    expect((await setUp()).connector.state).toBe("on");
  });
});
