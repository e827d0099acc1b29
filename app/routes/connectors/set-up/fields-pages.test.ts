/** What is read of a connector, chosen on its page. */
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { GrantEnded, OutOfOrder, Throttled } from "~/features/connectors/connector";
import { sweepChoices } from "~/features/connectors/set-up/choose-fields.server";
import { DAY_MS, HOUR_MS } from "~/platform/time";
import { databases } from "~/testing/databases";
import { companies, leadsTo, walkInEach, people } from "~/testing/set-up-walk";
import { type Answer } from "~/testing/site";

describe.each(databases)("what is read, on %s", (engine) => {
  const walk = walkInEach(engine);
  const { setUp, version, look, send, chosen, mapped, switchedOn } = walk;

  test("shows the fields with first values, the usual ones ticked on top, the others folded by group", async () => {
    const { status, text } = await look("fields");
    expect(status).toBe(200);
    expect(text).toContain("Step 2 of 6");
    for (const words of ["First name", "(always read)", "Folasade · Jürgen · Ann", "f@adebayo.example"]) {
      expect(text).toContain(words);
    }
    expect(text).toMatch(/<details[^>]*><summary>How to reach them<!-- --> <span class="quiet">\(<!-- -->1/);
    expect(text).toContain("5 of 7 fields chosen");
    // Nothing of these people is kept for it.
    const offers = await walk.house.scope.db
      .selectFrom("connector_offers")
      .select("fields")
      .where("account_id", "=", walk.house.scope.account.id)
      .where("connector_id", "=", walk.id)
      .executeTakeFirstOrThrow();
    expect(offers.fields).not.toContain("Folasade");
  });

  test("asks the system for nothing of what is not ticked, not even to show it", async () => {
    await chosen(people("email"));
    const asked = new Set<string>();
    walk.house.system.trouble = ({ streamId }) => void asked.add(streamId);
    const { text } = await look("fields");
    expect(text).toContain("f@adebayo.example");
    expect([...asked]).toEqual(["people"]);
    // That is said, where else each field would seem to be empty.
    expect(text).toContain("Not read, so no values are shown. Tick “Read companies” to have companies read.");
    expect(text.match(/First values<\/th>/g)).toHaveLength(1);
  });

  test("stays a page to work from where a system has eight hundred fields", async () => {
    const { offers } = walk.house.system;
    const before = offers.people ?? [];
    const more = Array.from({ length: 800 }, (_, n) => {
      const id = `hs_property_${(n * 7919) % 9973}`;
      const label = `Property ${(n * 104729) % 99991} of the sales team`;
      return { id, label, group: `Group ${n % 20}`, usual: false, columns: [{ id, label }] };
    });
    offers.people = [...before, ...more];
    try {
      const { text } = await look("fields");
      expect(text).toContain("5 of 807 fields chosen");
      expect(gzipSync(text).length).toBeLessThan(12_000);
    } finally {
      offers.people = before;
    }
  });

  test("narrowed by a search it keeps what was ticked, in sight or not, until it is saved or thrown away", async () => {
    await look("fields");
    const found = await send("fields/narrowing", [...people("given", "mobile", "email"), ["q", "remárks"]]);
    expect(leadsTo(found)).toBe(`fields?q=rem%C3%A1rks`);
    const narrowed = (await look("fields?q=remarks")).text;
    expect(narrowed).toContain("Remarks");
    expect(narrowed).not.toContain("Cell");
    expect(narrowed).toMatch(/type="hidden" name="field:people" value="mobile"/);
    expect(narrowed).toContain("No field of the companies holds “remarks”.");
    expect(narrowed).toContain("kept, and not saved yet");
    expect((await setUp()).selection).toEqual({});
    await send("fields", [...people("mobile", "email", "notes"), ["q", "remarks"]]);
    expect((await setUp()).selection).toEqual({
      people: { fields: ["given", "email", "mobile", "notes"], start: null },
    });
    expect((await setUp()).draft).toBeNull();
    await send("fields/narrowing", people("family"));
    expect((await setUp()).draft?.chosen.people?.fields).toEqual(["given", "family"]);
    expect(leadsTo(await send("fields/discarding"))).toBe("fields");
    expect((await setUp()).draft).toBeNull();
  });

  test("a whole stream can be left out, but not all of them, and a start has to be a day that has been", async () => {
    await look("fields");
    const nothing = await send("fields", [["field:people", "email"]]);
    expect([nothing.status, nothing.text.includes("Choose at least one thing to read")]).toEqual([422, true]);
    const wrong = await send("fields", [...people("email"), ["start:people", "2026-02-31"]]);
    expect([wrong.status, wrong.text.includes("as a date, or leave it empty")]).toEqual([422, true]);
    const late = await send("fields", [...people("email", "mobile"), ["start:people", "2099-01-01"]]);
    expect([late.status, late.text.includes("is still to come")]).toEqual([422, true]);
    // It is still ticked.
    expect(late.text).toMatch(/name="field:people"[^>]*checked=""[^>]*value="mobile"|value="mobile"[^>]*checked=""/);
    expect(leadsTo(await send("fields", [...people("email"), ["start:people", "2026-01-31"]]))).toBe("mapping");
    expect((await setUp()).selection).toEqual({ people: { fields: ["given", "email"], start: "2026-01-31" } });
  });

  test.each([
    [
      "is throttled",
      new Throttled("Small Ledger asks to wait. Try again in a minute.", 60_000),
      "Try again in a minute.",
    ],
    ["is out of order", new OutOfOrder("Small Ledger does not answer."), "Small Ledger does not answer."],
    ["has to be connected", new GrantEnded("Small Ledger has to be connected again."), "To its connection"],
  ])("where the source %s it says so, and what was known and ticked is still there", async (_, trouble, words) => {
    const stop = () => {
      throw trouble;
    };
    walk.house.system.trouble = stop;
    const first = await look("fields");
    expect([first.status, first.text.includes(words), first.text.includes("Try again</a>")]).toEqual([200, true, true]);
    walk.house.system.trouble = () => {};
    await look("fields");
    await send("fields/narrowing", people("mobile"));
    walk.house.system.trouble = stop;
    walk.house.clock.advance(HOUR_MS);
    const later = await look("fields");
    expect(later.text).toContain(words);
    expect(later.text).toMatch(/value="mobile"[^>]*checked=""|checked=""[^>]*value="mobile"/);
    expect(leadsTo(await send("fields", people("mobile")))).toBe("mapping");
    const mapping = await look("mapping");
    expect([mapping.status, mapping.text.includes(words), mapping.text.includes("Cell")]).toEqual([200, true, true]);
  });

  test("of two at once the second is told what the first has saved, and loses nothing", async () => {
    const other = await walk.house.another();
    await look("fields");
    const before = await version();
    expect(leadsTo(await send("fields", people("family", "email")))).toBe("mapping");
    const second = await walk.house.post(walk.id, "fields", [before, ...people("mobile")], other);
    expect([second.status, second.text.includes("Somebody else has changed this connector")]).toEqual([422, true]);
    expect(second.text).toContain("Saved, and not ticked by you: Last name, Email.");
    expect(second.text).toContain("Ticked by you, and not saved: Cell.");
    expect((await setUp()).selection.people?.fields).toEqual(["given", "family", "email"]);
    expect(leadsTo(await send("fields", people("mobile"), other))).toBe("mapping");
    expect((await setUp()).selection.people?.fields).toEqual(["given", "mobile"]);
  });

  test("a field less, of which something is stored, is asked about with numbers, and then erased", async () => {
    await mapped();
    await switchedOn();
    const less = [...people("family", "email"), ...companies("phone")];
    expect(leadsTo(await send("fields", less))).toBe("fields/removal");
    expect((await setUp()).selection.people?.fields).toContain("mobile");
    const asked = (await look("fields/removal")).text;
    for (const words of [
      "people: what they say of “Cell” is erased",
      "erase it in 3 records",
      "Your choice stays ticked",
    ]) {
      expect(asked).toContain(words);
    }
    const choice = ({ text }: Answer): [string, string] => [
      "choice",
      /name="choice" value="(\w{64})"/.exec(text)?.[1] ?? "",
    ];
    const shown = choice(await look("fields/removal"));
    const stale = await walk.house.post(walk.id, "fields/removal", [["version", "0"], shown]);
    expect(leadsTo(stale)).toBe("fields");
    // In another tab still more is unticked meanwhile: what was agreed to is not that.
    await send("fields/narrowing", [...people("family"), ...companies("phone")]);
    expect(leadsTo(await send("fields/removal", [shown]))).toBe("fields/removal");
    expect((await setUp()).selection.people?.fields).toContain("mobile");
    expect((await look("fields/removal")).text).toContain("“Email”, “Cell”");
    expect(leadsTo(await send("fields", less))).toBe("fields/removal");
    expect(leadsTo(await send("fields/removal"))).toBe("fields/removal");
    expect(leadsTo(await send("fields/removal", [choice(await look("fields/removal"))]))).toBe("");
    const after = await setUp();
    expect(after.selection.people?.fields).toEqual(["given", "family", "email"]);
    expect(after.mapping.people?.columns.map(({ id }) => id)).toEqual(["given", "family", "email"]);
    const erasures = walk.house.scope.db.selectFrom("field_erasures").select("fields");
    const rows = await erasures
      .where("account_id", "=", walk.house.scope.account.id)
      .where("connector_id", "=", walk.id)
      .execute();
    expect(rows).toEqual([{ fields: '["mobile"]' }]);
    expect((await look("fields/removal")).headers.location).toMatch(/\/fields$/);
    // A stream less is all of it.
    expect(leadsTo(await send("fields", people("family", "email")))).toBe("fields/removal");
    expect((await look("fields/removal")).text).toContain("companies: all that was read of them is erased");
  });

  test("of a list that only people know, somebody says what its records are, and that is kept with the choice", async () => {
    const [stream] = walk.house.system.provider.streams;
    const kinds = [{ id: "companies", label: "Companies", constants: { kind: "business" } }];
    Object.assign(stream ?? {}, { kinds });
    try {
      const { text } = await look("fields");
      expect(text).toContain("Its records are");
      expect(text).toContain("Chosen here, it is said of every record of this list.");
      expect(text.match(/name="kind:/g)).toHaveLength(1);
      Object.assign(stream ?? {}, { likelyKind: "companies" });
      const likely = (await look("fields")).text;
      expect(likely).toMatch(/<option value="companies" selected="">/);
      expect(likely).toContain("This is said of every record of this list.");
      await send("fields/narrowing", [...people("family"), ["kind:people", "companies"]]);
      expect((await setUp()).draft?.chosen.people?.kind).toBe("companies");
      await chosen([...people("family"), ["kind:people", "companies"]]);
      expect((await setUp()).selection.people).toMatchObject({ fields: ["given", "family"], kind: "companies" });
      expect((await look("fields")).text).toMatch(/<option value="companies" selected="">/);
      await chosen([...people("family"), ["kind:people", "estates"]]);
      expect((await setUp()).selection.people).not.toHaveProperty("kind");
    } finally {
      for (const key of ["kinds", "likelyKind"]) Reflect.deleteProperty(stream ?? {}, key);
    }
  });

  test("choices that nobody came back to are thrown away after a month", async () => {
    await look("fields");
    await send("fields/narrowing", people("mobile"));
    await sweepChoices(walk.house.scope);
    expect((await setUp()).draft).not.toBeNull();
    walk.house.clock.advance(31 * DAY_MS);
    await sweepChoices(walk.house.scope);
    expect((await setUp()).draft).toBeNull();
  });
});
