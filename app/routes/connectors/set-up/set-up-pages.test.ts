/** A connector set up by its pages, as they are, over a small system. */
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { subjects } from "~/composition.server";
import { GrantEnded, OutOfOrder, Throttled, Trouble } from "~/features/connectors/connector";
import { continueSync } from "~/features/connectors/runs/continue-sync.server";
import { findSetUp, type SetUp } from "~/features/connectors/set-up/find-set-up.server";
import {
  continueSourceTrial,
  giveUpAbandonedSourceTrials,
} from "~/features/connectors/set-up/trial/continue-source-trial.server";
import { sweepSourceTrials } from "~/features/connectors/set-up/trial/source-trials.server";
import { sweepChoices } from "~/features/connectors/set-up/choose-fields.server";
import { findRun } from "~/features/pipeline/run/runs.server";
import { type Scope } from "~/platform/scope.server";
import { DAY_MS, HOUR_MS } from "~/platform/time";
import { databases } from "~/testing/databases";
import { openSetUp, type SetUpHouse } from "~/testing/given-set-up";
import { contactsOf } from "~/testing/given-syncs";
import { type Answer } from "~/testing/site";

type Fields = [string, string][];

const people = (...fields: string[]): Fields => [
  ["read:people", "on"],
  ...fields.map((field): [string, string] => ["field:people", field]),
];
const companies = (...fields: string[]): Fields => [
  ["read:companies", "on"],
  ...fields.map((field): [string, string] => ["field:companies", field]),
];
const goes = (streamId: string, columns: Record<string, string>): Fields =>
  Object.entries(columns).flatMap(([column, field]): Fields => [
    [`column:${streamId}`, column],
    [`goes:${streamId}`, field],
  ]);

describe.each(databases)("setting a connector up on %s", (engine) => {
  let house: SetUpHouse;
  let id: string;

  beforeAll(async () => {
    house = await openSetUp(engine);
  });
  beforeEach(async () => {
    const { system, connector } = house;
    await house.newFirm();
    system.trouble = () => {};
    system.empty("people");
    system.empty("companies");
    system.put("people", "p1", {
      given: "Folasade",
      family: "Adebayo",
      email: "f@adebayo.example",
      mobile: "07700 900123",
    });
    system.put("people", "p2", {
      given: "Jürgen",
      family: "Größl",
      email: "j@groessl.example",
      mobile: "07700 900456",
    });
    system.put("people", "p3", { given: "Ann", family: "Okafor", email: "ann at okafor", mobile: "07700 900789" });
    system.put("companies", "c1", { name: "Kanzlei Größl", phone: "020 7946 0991" });
    id = await connector();
  });
  afterAll(() => house.site.close());

  const setUp = async (): Promise<SetUp> => (await findSetUp(house.scope, id)) as SetUp;
  const version = async (): Promise<[string, string]> => ["version", String((await setUp()).version)];
  const leadsTo = ({ status, headers }: Answer) => {
    expect({ status, to: headers.location }).toMatchObject({ status: 303 });
    return String(headers.location).split("/").slice(4).join("/");
  };
  const look = (page: string, by?: Scope) => house.get(id, page, by);
  const send = async (page: string, fields: Fields = [], by?: Scope) =>
    house.post(id, page, [await version(), ...fields], by);

  async function chosen(...streams: Fields[]): Promise<void> {
    await look("fields");
    const some = streams.length > 0 ? streams.flat() : [...people("family", "email", "mobile"), ...companies("phone")];
    expect(leadsTo(await send("fields", some))).toBe("mapping");
  }
  const usualGoes = [
    ...goes("people", { given: "givenName", family: "familyName", email: "email", mobile: "mobile" }),
    ...goes("companies", { name: "company", phone: "phone" }),
  ];
  async function mapped(): Promise<void> {
    await chosen();
    expect(leadsTo(await send("mapping", usualGoes))).toBe("rules");
  }
  const tried = () =>
    continueSourceTrial(house.scope, id, {
      ...{ subjects, doors: house.system.doors, signal: new AbortController().signal },
    });
  async function switchedOn(): Promise<string> {
    const path = leadsToRun(await send("switching-on"));
    const runId = path.split("/").at(-1) ?? "";
    await continueSync(house.scope, runId, {
      ...{ subjects, doors: house.system.doors, signal: new AbortController().signal },
    });
    return runId;
  }
  const leadsToRun = ({ status, headers }: Answer) => {
    expect(status).toBe(303);
    expect(headers.location).toMatch(/\/imports\//);
    return String(headers.location);
  };

  describe("what is read", () => {
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
      const offers = await house.scope.db
        .selectFrom("connector_offers")
        .select("fields")
        .where("account_id", "=", house.scope.account.id)
        .where("connector_id", "=", id)
        .executeTakeFirstOrThrow();
      expect(offers.fields).not.toContain("Folasade");
    });

    test("asks the system for nothing of what is not ticked, not even to show it", async () => {
      await chosen(people("email"));
      const asked = new Set<string>();
      house.system.trouble = ({ streamId }) => void asked.add(streamId);
      const { text } = await look("fields");
      expect(text).toContain("f@adebayo.example");
      expect([...asked]).toEqual(["people"]);
    });

    test("stays a page to work from where a system has eight hundred fields", async () => {
      const { offers } = house.system;
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
      house.system.trouble = stop;
      const first = await look("fields");
      expect([first.status, first.text.includes(words), first.text.includes("Try again</a>")]).toEqual([
        200,
        true,
        true,
      ]);
      house.system.trouble = () => {};
      await look("fields");
      await send("fields/narrowing", people("mobile"));
      house.system.trouble = stop;
      house.clock.advance(HOUR_MS);
      const later = await look("fields");
      expect(later.text).toContain(words);
      expect(later.text).toMatch(/value="mobile"[^>]*checked=""|checked=""[^>]*value="mobile"/);
      expect(leadsTo(await send("fields", people("mobile")))).toBe("mapping");
      const mapping = await look("mapping");
      expect([mapping.status, mapping.text.includes(words), mapping.text.includes("Cell")]).toEqual([200, true, true]);
    });

    test("of two at once the second is told what the first has saved, and loses nothing", async () => {
      const other = await house.another();
      await look("fields");
      const before = await version();
      expect(leadsTo(await send("fields", people("family", "email")))).toBe("mapping");
      const second = await house.post(id, "fields", [before, ...people("mobile")], other);
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
      const stale = await house.post(id, "fields/removal", [["version", "0"], shown]);
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
      const erasures = house.scope.db.selectFrom("field_erasures").select("fields");
      const rows = await erasures
        .where("account_id", "=", house.scope.account.id)
        .where("connector_id", "=", id)
        .execute();
      expect(rows).toEqual([{ fields: '["mobile"]' }]);
      expect((await look("fields/removal")).headers.location).toMatch(/\/fields$/);
      // A stream less is all of it.
      expect(leadsTo(await send("fields", people("family", "email")))).toBe("fields/removal");
      expect((await look("fields/removal")).text).toContain("companies: all that was read of them is erased");
    });

    test("of a list that only people know, somebody says what its records are, and that is kept with the choice", async () => {
      const [stream] = house.system.provider.streams;
      const kinds = [{ id: "companies", label: "Companies", constants: { kind: "business" } }];
      Object.assign(stream ?? {}, { kinds });
      try {
        const { text } = await look("fields");
        expect(text).toContain("Its records are");
        expect(text.match(/name="kind:/g)).toHaveLength(1);
        await send("fields/narrowing", [...people("family"), ["kind:people", "companies"]]);
        expect((await setUp()).draft?.chosen.people?.kind).toBe("companies");
        await chosen([...people("family"), ["kind:people", "companies"]]);
        expect((await setUp()).selection.people).toMatchObject({ fields: ["given", "family"], kind: "companies" });
        expect((await look("fields")).text).toMatch(/<option value="companies" selected="">/);
        await chosen([...people("family"), ["kind:people", "estates"]]);
        expect((await setUp()).selection.people).not.toHaveProperty("kind");
      } finally {
        delete (stream as { kinds?: unknown }).kinds;
      }
    });

    test("choices that nobody came back to are thrown away after a month", async () => {
      await look("fields");
      await send("fields/narrowing", people("mobile"));
      await sweepChoices(house.scope);
      expect((await setUp()).draft).not.toBeNull();
      house.clock.advance(31 * DAY_MS);
      await sweepChoices(house.scope);
      expect((await setUp()).draft).toBeNull();
    });
  });

  describe("where it goes", () => {
    test("suggests by the provider, by names and by values, and says why; nothing is used until it is saved", async () => {
      await chosen();
      const { text } = await look("mapping");
      for (const words of ["Small Ledger’s own field for it", "07700 900123 · 07700 900456", "Step 3 of 6"]) {
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
      id = await house.connector("Small Ledger of the branch");
      await chosen();
      const { text } = await look("mapping");
      expect(text).toMatch(/As you mapped it on \d/);
      expect(text).toMatch(/aria-label="Where Email goes">((?!<\/select>).)*<option value="nowhere" selected=""/);
      expect(text).toMatch(/aria-label="Where Switchboard goes">((?!<\/select>).)*<option value="notes" selected=""/);
      const other = await house.another();
      expect((await look("mapping", other)).text).toMatch(/As it was mapped here on \d/);
      expect((await setUp()).mapping).toEqual({});
    });

    test("what nobody says anything of goes nowhere, and is not remembered as if somebody had said so", async () => {
      const field = house.system.offers.people?.find(({ id }) => id === "notes");
      const called = (label: string) => field && Object.assign(field, { label, columns: [{ id: "notes", label }] });
      called("Zymurgy 7");
      house.system.put("people", "p1", { given: "Folasade", family: "Adebayo", notes: "Kiln 12" });
      const some: Fields = [...people("family", "notes"), ...companies("phone")];
      const said = (notes: string) => [
        ...goes("people", { given: "givenName", family: "familyName", notes }),
        ...goes("companies", { name: "company", phone: "phone" }),
      ];
      const next = async () => {
        id = await house.connector(`Small Ledger ${Math.random()}`);
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
      const field = house.system.offers.people?.find(({ id }) => id === "notes");
      if (field) Object.assign(field, { label, columns: [{ id: "notes", label }] });
      house.clock.advance(HOUR_MS);
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
      const second = await house.post(id, "mapping", [before, ...late]);
      expect([second.status, second.text.includes("Somebody else has changed")]).toEqual([422, true]);
      expect(second.text).toContain("They have sent “Cell” to “Phone, mobile” (you: to “Notes”).");
      expect(second.text).toMatch(/aria-label="Where Cell goes">((?!<\/select>).)*<option value="notes" selected=""/);
    });

    test("without a choice of what is read it leads back there", async () => {
      expect((await look("mapping")).text).toContain("Nothing is chosen to be read yet.");
      expect(leadsTo(await send("mapping", usualGoes))).toBe("fields");
    });
  });

  describe("how it is written", () => {
    const rules = (more: Fields = []): Fields => [
      ["what", "fill"],
      ["match", "automatic"],
      ["rule:phones", "never"],
      ["askShare", "5"],
      ["askAtLeast", "10"],
      ...more,
    ];

    test("keeps what is written and the brakes, and goes on to when it runs", async () => {
      await mapped();
      const { text } = await look("rules");
      for (const words of ["How records are matched", "When a run stops and asks", "Step 4 of 6"]) {
        expect(text).toContain(words);
      }
      expect(text).not.toContain("By email");
      expect(leadsTo(await send("rules", rules()))).toBe("schedule");
      expect((await setUp()).rules).toEqual({
        writing: { what: "fill", match: "automatic", fields: { phones: "never" } },
        askShare: 5,
        askAtLeast: 10,
      });
    });

    test("refuses numbers that are none, and matching by what is not read, and keeps what was typed", async () => {
      await mapped();
      const wrong = [
        ["what", "both"],
        ["match", "email"],
        ["askShare", "a fifth"],
        ["askAtLeast", "0"],
      ] satisfies Fields;
      const refused = await send("rules", wrong);
      expect(refused.status).toBe(422);
      for (const words of [
        "Write the share, in per cent, as a whole number from 0 to 100.",
        "Write the least number of records as a whole number, 1 or more.",
        "That is so of the companies.",
        'value="a fifth"',
      ]) {
        expect(refused.text).toContain(words);
      }
      expect((await setUp()).rules.askShare).toBe(20);
      const before = await version();
      await send("rules", rules());
      const late = await house.post(id, "rules", [before, ...rules()]);
      expect([late.status, late.text.includes("Somebody else has changed")]).toEqual([422, true]);
      expect(late.text).toMatch(/It says now: New contacts are added; .*It asks above 5 %, and from 10 records on\./);
    });
  });

  describe("the trial", () => {
    test("tells what a run would do, with reasons, and stores nothing", async () => {
      await mapped();
      const before = await contactsOf(house.scope);
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
      expect(await contactsOf(house.scope)).toEqual(before);
      const stored = house.scope.db.selectFrom("source_records").select("id").where("connector_id", "=", id);
      expect(await stored.where("account_id", "=", house.scope.account.id).execute()).toEqual([]);
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
      house.clock.advance(DAY_MS + HOUR_MS);
      await sweepSourceTrials(house.scope);
      expect((await setUp()).trial).toBeNull();
    });

    test("waits where the source says later, begins anew after a kill, and ends in words where it cannot be read", async () => {
      await mapped();
      await send("trial");
      house.system.trouble = ({ number }) => {
        if (number > 0) throw new Throttled("Small Ledger asks to wait.", 90_000);
      };
      await tried();
      expect((await setUp()).trial).toMatchObject({ state: "queued", waiting: { why: "Small Ledger asks to wait." } });
      expect((await look("trial")).text).toContain("Small Ledger asks to wait. It goes on at");
      house.system.trouble = ({ streamId }) => {
        if (streamId === "companies") throw new Error("killed");
      };
      await expect(tried()).rejects.toThrow("killed");
      expect((await setUp()).trial?.state).toBe("running");
      house.system.trouble = ({ number }) => {
        if (number > 0) throw new Trouble("Small Ledger shows its people to nobody. Ask whoever runs it.");
      };
      await tried();
      const failed = await look("trial");
      expect(failed.text).toContain("Small Ledger shows its people to nobody. Ask whoever runs it.");
      expect(failed.text).toContain("nothing of what you chose is lost");
      house.system.trouble = () => {};
      await send("trial");
      await tried();
      expect((await setUp()).trial?.state).toBe("done");
    });

    test("cancelled in the middle it stores nothing more, and one that no job goes on with is given up", async () => {
      await mapped();
      await send("trial");
      let asked: Promise<Answer> | null = null;
      house.system.pageSize = 1;
      const sent = await version();
      house.system.trouble = ({ number }) => {
        if (number === 2) asked ??= house.post(id, "trial/cancellation", [sent]);
      };
      const work = tried();
      await work;
      house.system.pageSize = 3;
      expect(leadsTo(await (asked as unknown as Promise<Answer>))).toBe("trial");
      expect((await setUp()).trial).toMatchObject({ state: "cancelled", result: null });
      expect((await look("trial")).text).toContain("The trial was cancelled. Nothing was stored.");
      await house.scope.db
        .updateTable("connector_trials")
        .set({ state: "running" })
        .where("account_id", "=", house.scope.account.id)
        .where("connector_id", "=", id)
        .execute();
      await giveUpAbandonedSourceTrials(house.scope);
      expect((await look("trial")).text).not.toContain("The trial was cancelled");
    });
  });

  describe("switching on", () => {
    test("is refused in words while something is missing", async () => {
      expect(leadsTo(await send("switching-on"))).toBe("fields");
      await chosen();
      expect(leadsTo(await send("switching-on"))).toBe("mapping");
      expect((await look("trial")).text).toContain("Say first where the fields of the people and companies go.");
      expect((await setUp()).connector.state).toBe("setting-up");
    });

    test("starts the first run, which does what the trial had said, and cannot be done twice", async () => {
      house.system.put("people", "p4", { given: "Wanda", family: `Brandt ${engine}`, email: `w@${id}.example` });
      await mapped();
      await send("trial");
      await tried();
      const told = (await setUp()).trial?.result ?? [];
      expect((await look("trial")).text).toContain("Switch it on");
      const run = await findRun(house.scope, await switchedOn());
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

    test("without a trial is allowed, with a warning", async () => {
      await mapped();
      const { text } = await look("trial");
      expect(text).toContain("You see then only in the first run’s receipt");
      expect(text).toContain("Switch it on without a trial");
      await switchedOn();
      expect((await setUp()).connector.state).toBe("on");
    });
  });
});
