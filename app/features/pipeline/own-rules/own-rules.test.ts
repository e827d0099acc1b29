import { describe, expect, test } from "vitest";
import { contactSubject } from "~/features/contacts/subject/contact-subject.server";
import { verifyChain } from "~/features/audit/audit.server";
import { findDraft } from "~/features/pipeline/draft/draft-run.server";
import { buildRule, ownRuleForm, type RuleTyped, ruleTyped } from "~/features/pipeline/own-rules/own-rule-form";
import { type OwnRuleKind } from "~/features/pipeline/own-rules/own-rule";
import {
  addOwnRule,
  changeOwnRule,
  findOwnRule,
  listOwnRules,
  removeOwnRule,
} from "~/features/pipeline/own-rules/own-rules.server";
import { fitsPattern, patterns } from "~/features/pipeline/own-rules/patterns";
import { readNumber } from "~/features/pipeline/own-rules/rule-values";
import { previewRows } from "~/features/pipeline/draft/preview.server";
import { listRefusals } from "~/features/pipeline/corrections/refused-rows.server";
import { type Scope } from "~/platform/scope.server";
import { carriedOut, csvOf, imported, refusedSheet, started, typed, upload } from "~/testing/corrected";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";

async function add(scope: Scope, kind: OwnRuleKind, form: Record<string, string>) {
  const built = buildRule(kind, ownRuleForm(kind).parse(form) as RuleTyped, contactSubject.checked ?? []);
  if (!built.ok) throw new Error(built.message);
  return addOwnRule(scope, "contacts", built.rule);
}

async function told(scope: Scope, runId: string) {
  const lines = await listRefusals(scope, runId, { after: 0, limit: 100 });
  return lines.map(({ position, column, reason }) => [position, column, reason]);
}

describe.each(databases)("the account's own rules on %s", (engine) => {
  test("are changed as they were made: found by the next import, each of its kind once, and written down", async () => {
    const { scope, other } = await given.twoAccounts(engine);
    const made = await add(scope, "range", { field: "familyName", of: "length", from: "2", to: "" });
    await add(scope, "range", { field: "givenName", of: "length", from: "2", to: "" });
    if (!made.ok) throw new Error(made.reason);
    const before = await findOwnRule(scope, made.id);
    expect(before && ruleTyped(before)).toEqual({ field: "familyName", of: "length", from: "2", to: "" });
    const change = (field: string, from: string, by = scope) => {
      const form = ownRuleForm("range").parse({ field, of: "length", from, to: "" }) as RuleTyped;
      const built = buildRule("range", form, contactSubject.checked ?? []);
      if (!built.ok) throw new Error(built.message);
      return changeOwnRule(by, "contacts", made.id, built.rule);
    };
    expect(await change("givenName", "2")).toEqual({ ok: false, reason: "there-already" });
    expect(await change("familyName", "2")).toEqual({ ok: true, before: null });
    expect(await change("familyName", "4", other)).toEqual({ ok: false, reason: "not-found" });
    expect(await change("familyName", "4")).toMatchObject({ ok: true, before: { from: "2" } });
    const run = await imported(scope, "Given name,Family name\nAnn,Oka\nBen,Okafor\n");
    expect(run.counts).toMatchObject({ created: 1, refused: 1 });
    expect((await listOwnRules(scope, "contacts"))[0]?.rule.title).toBe("Family name has at least 4 characters");
    const events = await scope.db
      .selectFrom("audit_events")
      .select("action")
      .where("account_id", "=", scope.account.id)
      .where("action", "like", "import-rule.%")
      .orderBy("position")
      .execute();
    expect(events.map(({ action }) => action)).toEqual([
      ...["import-rule.added", "import-rule.added", "import-rule.changed"],
    ]);
  });

  test("of a list of countries knows each by its code and by its name in other languages", async () => {
    const { scope } = await given.twoAccounts(engine);
    await add(scope, "list", { field: "country", values: "Deutschland\nÖsterreich" });
    const run = await imported(
      scope,
      "Given name,Family name,City,Country\nJan,Brandt,Berlin,DE\nUte,Huber,Wien,Austria\nAnn,Okafor,Leeds,GB\n",
    );
    expect(run.counts).toMatchObject({ created: 2, refused: 1 });
    expect(await told(scope, run.id)).toEqual([[4, "Country", expect.stringContaining("“GB” is not in the list")]]);
  });

  test("rows that break them are refused, each refusal naming its rule, and come in once they are corrected", async () => {
    const { scope } = await given.twoAccounts(engine);
    await add(scope, "required", { field: "email" });
    await add(scope, "pattern", { field: "postalCode", pattern: "postcode-GB" });
    await add(scope, "pattern", { field: "email", pattern: "email-domain", domains: "okafor.example, hale.example" });
    await add(scope, "list", { field: "tags", values: "Client\nTrustee" });
    await add(scope, "range", { field: "birthday", of: "value", from: "1900-01-01", to: "2010-12-31" });
    await add(scope, "range", { field: "familyName", of: "length", from: "2", to: "" });
    const run = await imported(
      scope,
      `Given name,Family name,Work email,Postcode,Tags,Birthday
Ann,Okafor,ann@mail.okafor.example,SW1A 1AA,"client, trustee",14/03/1958
Ben,Okafor,,SW1A 1AA,,
Cleo,Okafor,cleo@elsewhere.example,10115,friend,14/03/2019
Dan,O,dan@hale.example,,,
`,
    );
    expect(run.counts).toMatchObject({ read: 4, created: 1, refused: 3 });
    expect(await told(scope, run.id)).toEqual([
      [3, "Work email", "Your firm's rule “Email is filled in”: nothing stands here. Fill it in."],
      [
        4,
        "Postcode",
        "Your firm's rule “Postcode is a British postcode”: “10115” is not. It should look like “SW1A 1AA”.",
      ],
      [
        4,
        "Work email",
        "Your firm's rule “Email is an email address of okafor.example or hale.example”: “cleo@elsewhere.example” is not. It should look like “ann@okafor.example”.",
      ],
      [
        4,
        "Tags",
        "Your firm's rule “Tags is one of “Client”, “Trustee””: “friend” is not in the list: “Client”, “Trustee”.",
      ],
      [
        4,
        "Birthday",
        "Your firm's rule “Birthday is between 1 January 1900 and 31 December 2010”: “14/03/2019” is not.",
      ],
      [5, "Family name", "Your firm's rule “Family name has at least 2 characters”: this has 1."],
    ]);
    const rules = await scope.db
      .selectFrom("refused_rows")
      .select("rule")
      .distinct()
      .where("account_id", "=", scope.account.id)
      .orderBy("rule")
      .execute();
    expect(rules.map(({ rule }) => rule)).toContain("own:postalCode:pattern");

    const sheet = typed(await refusedSheet(scope, run.id), "Work email", () => "ben@okafor.example");
    const again = await imported(run.scope, csvOf(sheet.slice(0, 2)));
    expect(again.counts).toMatchObject({ created: 1, refused: 0 });
  });

  test("a run goes by the rules as they were when it was started; a check before by those of now", async () => {
    const { scope } = await given.twoAccounts(engine);
    const file = "Name\nAnn Okafor\n";
    const uploaded = await upload(scope, file);
    const runId = uploaded.ok ? uploaded.runId : "";
    const check = async () => {
      const draft = await findDraft(scope, runId);
      const preview = draft ? await previewRows(scope, contactSubject, draft) : null;
      return preview?.ok ? preview.rows.map((row) => row.ok) : [];
    };
    expect(await check()).toEqual([true]);
    const before = await started(scope, file);
    await add(scope, "required", { field: "email" });
    expect(await check()).toEqual([false]);
    expect((await carriedOut(before.scope, before.runId)).counts).toMatchObject({ created: 1 });
    const after = await started(before.scope, "Name\nBen Okafor\n");
    for (const { id } of await listOwnRules(scope, "contacts")) await removeOwnRule(scope, id);
    const run = await carriedOut(after.scope, after.runId);
    expect(run.counts).toMatchObject({ refused: 1 });
    expect(await told(scope, run.id)).toEqual([
      [2, null, "Your firm's rule “Email is filled in”: no column of the file goes to it. Choose one, or add it."],
    ]);
  });

  test("there is one of a kind for a field; adding and removing are in the audit, and another account's stay its own", async () => {
    const { scope, other } = await given.twoAccounts(engine);
    const added = await add(scope, "required", { field: "email" });
    expect(added).toMatchObject({ ok: true });
    expect(await add(scope, "required", { field: "email" })).toEqual({ ok: false, reason: "there-already" });
    expect(await listOwnRules(other, "contacts")).toEqual([]);
    const id = added.ok ? added.id : "";
    expect(await removeOwnRule(other, id)).toEqual({ ok: false });
    expect(await removeOwnRule(scope, id)).toEqual({ ok: true });
    expect(await removeOwnRule(scope, id)).toEqual({ ok: false });
    const events = await scope.db
      .selectFrom("audit_events")
      .select("action")
      .where("account_id", "=", scope.account.id)
      .where("action", "like", "import-rule.%")
      .orderBy("position")
      .execute();
    expect(events.map(({ action }) => action)).toEqual(["import-rule.added", "import-rule.removed"]);
    expect(await verifyChain(scope)).toMatchObject({ ok: true });
  });
});

test.each(Object.entries(patterns).filter(([id]) => id !== "email-domain"))(
  "%s takes its own example",
  (id, pattern) => {
    expect(fitsPattern(id, pattern.example, [])).toBe(true);
    expect(fitsPattern(id, "@ not this", [])).toBe(false);
    expect(fitsPattern(id, `${pattern.example}\n`, [])).toBe(id === "vat");
  },
);

test.each([
  ["1204", 1204],
  ["1,204.50", 1204.5],
  ["1.204,50", 1204.5],
  ["1 204", 1204],
  ["1,204", 1204],
  ["12,5", 12.5],
  ["-3", -3],
  ["", null],
  ["twelve", null],
  ["1.2.3", null],
])("%s is read as the number %s", (text, number) => {
  expect(readNumber(text)).toBe(number);
});

test.each<[OwnRuleKind, Record<string, string>, string]>([
  ["range", { field: "birthday", of: "value", from: "3 May", to: "" }, "from"],
  ["range", { field: "birthday", of: "value", from: "2020-01-01", to: "2010-01-01" }, "to"],
  ["range", { field: "notes", of: "length", from: "-1", to: "" }, "from"],
  ["required", { field: "nothing of ours" }, "field"],
])("a form of %s with %o says what is wrong beside %s", (kind, form, field) => {
  const built = buildRule(kind, ownRuleForm(kind).parse(form) as RuleTyped, contactSubject.checked ?? []);
  expect(built).toMatchObject({ ok: false, field });
});
