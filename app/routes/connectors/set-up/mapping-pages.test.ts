/** Where it goes: proposed, looked at, and approved by a person. */
import { describe, expect, test } from "vitest";
import { HOUR_MS } from "~/platform/time";
import { databases } from "~/testing/databases";
import { companies, type Fields, goes, leadsTo, walkInEach, people, usualGoes } from "~/testing/set-up-walk";

describe.each(databases)("where it goes, on %s", (engine) => {
  const walk = walkInEach(engine);
  const { another, setUp, version, look, send, chosen } = walk;

  test("suggests by the provider, by names and by values, and says why; nothing is used until it is saved", async () => {
    await chosen();
    const { text } = await look("mapping");
    for (const words of ["As Small Ledger means it", "07700 900123 · 07700 900456", "Step 3 of 6"]) {
      expect(text).toContain(words);
    }
    expect(text).toMatch(/aria-label="Where Cell goes">((?!<\/select>).)*<option value="mobile" selected=""/);
    expect(text).toContain("By its name");
    // "Switchboard" says nothing; what stands in it does.
    expect(text).toMatch(/aria-label="Where Switchboard goes">((?!<\/select>).)*<option value="phone" selected=""/);
    expect(text).toContain("Looks like phone numbers: 1 of 1 value");
    expect((await setUp()).mapping).toEqual({});
    expect(leadsTo(await send("mapping", usualGoes))).toBe("rules");
    expect((await setUp()).mapping.people).toEqual({
      columns: [
        { id: "given", label: "First name" },
        { id: "family", label: "Last name" },
        { id: "email", label: "Email" },
        { id: "mobile", label: "Cell" },
      ],
      fields: ["givenName", "familyName", "email", "mobile"],
    });
  });

  test("what was approved once is suggested to the next connector of the same system, whoever sets it up", async () => {
    await chosen();
    await send("mapping", [
      ...goes("people", { given: "givenName", family: "familyName", email: "nowhere", mobile: "mobile" }),
      ...goes("companies", { name: "company", phone: "notes" }),
    ]);
    await another("Small Ledger of the branch");
    await chosen();
    const { text } = await look("mapping");
    expect(text).toMatch(/As you mapped it on \d/);
    expect(text).toMatch(/aria-label="Where Email goes">((?!<\/select>).)*<option value="nowhere" selected=""/);
    expect(text).toMatch(/aria-label="Where Switchboard goes">((?!<\/select>).)*<option value="notes" selected=""/);
    const other = await walk.house.another();
    expect((await look("mapping", other)).text).toMatch(/As it was mapped here on \d/);
    expect((await setUp()).mapping).toEqual({});
  });

  test("what nobody says anything of goes nowhere, and is not remembered as if somebody had said so", async () => {
    const field = walk.house.system.offers.people?.find(({ id }) => id === "notes");
    const called = (label: string) => field && Object.assign(field, { label, columns: [{ id: "notes", label }] });
    called("Zymurgy 7");
    walk.house.system.put("people", "p1", { given: "Folasade", family: "Adebayo", notes: "Kiln 12" });
    const some: Fields = [...people("family", "notes"), ...companies("phone")];
    const said = (notes: string) => [
      ...goes("people", { given: "givenName", family: "familyName", notes }),
      ...goes("companies", { name: "company", phone: "phone" }),
    ];
    const next = async () => {
      await another(`Small Ledger ${Math.random()}`);
      await chosen(some);
      return (await look("mapping")).text;
    };
    const open = /aria-label="Where Zymurgy 7 goes"><option value="" selected="">Not decided/;
    try {
      await chosen(some);
      const { text } = await look("mapping");
      expect(text).toMatch(open);
      expect(text).toContain("Nobody has said yet where 1 goes.");
      expect(leadsTo(await send("mapping", said("")))).toBe("rules");
      expect((await setUp()).mapping.people).toMatchObject({
        ...{ fields: ["givenName", "familyName", ""], undecided: ["notes"] },
      });
      expect((await look("mapping")).text).toMatch(open);
      expect(await next()).toMatch(open);
      await send("mapping", said("nowhere"));
      expect((await setUp()).mapping.people).not.toHaveProperty("undecided");
      const later = await next();
      expect(later).toMatch(/aria-label="Where Zymurgy 7 goes"><option value="nowhere" selected="">/);
      expect(later).not.toContain("Nobody has said yet");
    } finally {
      called("Remarks");
    }
  });

  test("says beside each column how sure what is proposed is, and what was proposed where it goes elsewhere", async () => {
    await chosen();
    const row = (text: string, label: string) =>
      (new RegExp(`<tr>((?!</tr>).)*aria-label="Where ${label} goes".*?</tr>`, "s").exec(text)?.[0] ?? "").replace(
        /<!-- -->/g,
        "",
      );
    const { text } = await look("mapping");
    expect(row(text, "Email")).toContain("Sure, 98 %");
    expect(row(text, "Switchboard")).toContain("Likely, 70 %");
    expect(row(text, "Cell")).toContain("07700 900123 · 07700 900456");
    await send("mapping", [
      ...goes("people", { given: "givenName", family: "familyName", email: "notes", mobile: "mobile" }),
      ...goes("companies", { name: "company", phone: "phone" }),
    ]);
    const saved = (await look("mapping")).text;
    expect(row(saved, "Cell")).toContain("Approved");
  });

  test("two columns to a field that takes one are refused in words, and what was chosen stands", async () => {
    await chosen();
    const refused = await send("mapping", [
      ...goes("people", { given: "givenName", family: "givenName", email: "email", mobile: "notes" }),
      ...goes("companies", { name: "company", phone: "" }),
    ]);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain("People: “First name” and “Last name” both go to “Given name”");
    expect(refused.text).toMatch(/aria-label="Where Cell goes">((?!<\/select>).)*<option value="notes" selected=""/);
    expect(refused.text).toMatch(/aria-label="Where Last name goes" aria-invalid="true"/);
    const nowhere = await send("mapping", [...goes("people", { given: "" }), ...goes("companies", { name: "" })]);
    expect([nowhere.status, nowhere.text.includes("Choose a field for at least one column.")]).toEqual([422, true]);
    expect((await setUp()).mapping).toEqual({});
  });

  test("a column that goes nowhere can become a field of one’s own, once", async () => {
    await chosen(people("family", "notes"));
    const label = `Remarks ${engine}`;
    const field = walk.house.system.offers.people?.find(({ id }) => id === "notes");
    if (field) Object.assign(field, { label, columns: [{ id: "notes", label }] });
    walk.house.clock.advance(HOUR_MS);
    await look("mapping");
    const sent = goes("people", { given: "givenName", family: "familyName", notes: "new:text" });
    expect(leadsTo(await send("mapping", sent))).toBe("rules");
    const [, , made] = (await setUp()).mapping.people?.fields ?? [];
    expect(made).toMatch(/^own[.:]|^custom|[0-9a-f]{8}-/);
    const again = await send("mapping", sent);
    expect([again.status, again.text.includes("cannot be a field of your own")]).toEqual([422, true]);
    if (field) Object.assign(field, { label: "Remarks", columns: [{ id: "notes", label: "Remarks" }] });
  });

  test("of two at once the second is told, and what they chose stands", async () => {
    await chosen();
    const before = await version();
    await send("mapping", usualGoes);
    const late = goes("people", { given: "givenName", family: "familyName", email: "email", mobile: "notes" });
    const second = await walk.house.post(walk.id, "mapping", [before, ...late]);
    expect([second.status, second.text.includes("Somebody else has changed")]).toEqual([422, true]);
    expect(second.text).toContain("They have sent “Cell” to “Phone, mobile” (you: to “Notes”).");
    expect(second.text).toMatch(/aria-label="Where Cell goes">((?!<\/select>).)*<option value="notes" selected=""/);
  });

  test("without a choice of what is read it leads back there", async () => {
    expect((await look("mapping")).text).toContain("Nothing is chosen to be read yet.");
    expect(leadsTo(await send("mapping", usualGoes))).toBe("fields");
  });
});
