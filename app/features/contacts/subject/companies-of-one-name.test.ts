/** A company's name is its company, too: what tells two of one name apart, in files and connectors, and in their trials. */
import { describe, expect, test } from "vitest";
import { nothingKnown } from "~/features/contacts/contact";
import { createContact } from "~/features/contacts/edit-contact.server";
import { contactSubject } from "~/features/contacts/subject/contact-subject.server";
import { listRefusals } from "~/features/pipeline/corrections/refused-rows.server";
import { type Draft, findDraft } from "~/features/pipeline/draft/draft-run.server";
import { saveRules } from "~/features/pipeline/rules/save-rules.server";
import { startRun } from "~/features/pipeline/run/start-run.server";
import { usualRules, type WritingRules } from "~/features/pipeline/subject-rules";
import { rehearseRun } from "~/features/pipeline/trial/rehearse-run.server";
import { type Scope } from "~/platform/scope.server";
import { MINUTE_MS } from "~/platform/time";
import { carriedOut, imported } from "~/testing/corrected";
import { databases } from "~/testing/databases";
import { given, type TestClock, testClock } from "~/testing/given";
import { connected, synced, withCompany } from "~/testing/given-syncs";
import { companies, goes, walkInEach, people } from "~/testing/set-up-walk";
import { smallSystem } from "~/testing/small-system";
import { upload } from "~/testing/walk/examples";

const never = new AbortController().signal;
const heading = "Company,Email,Phone,City,Postcode,Country\n";
const leeds = "Okafor & Sons,office@okafor.example,0113 496 0001,Leeds,LS1 4AP,United Kingdom\n";

/** What the trial says would come of these rows, and what then comes of them. */
async function triedAndImported(scope: Scope, rows: string, rules: Partial<WritingRules> = {}) {
  (scope.clock as TestClock).advance(MINUTE_MS);
  const runId = await upload(scope, heading + rows);
  const draft = async () => (await findDraft(scope, runId)) as Draft;
  await saveRules(scope, contactSubject, { draft: await draft(), rules: { ...usualRules, ...rules } });
  const { result } = await rehearseRun(scope, contactSubject, { run: await draft(), limits: { signal: never } });
  await startRun(scope, runId);
  const run = await carriedOut(scope, runId);
  expect(result.counts).toEqual(run.counts);
  const { created, changed, same, refused } = run.counts;
  return { runId, came: { created, changed, same, refused } };
}

const none = { created: 0, changed: 0, same: 0, refused: 0 };

describe.each(databases)("a company of a name that is here already, on %s", (engine) => {
  const anOffice = () => given.scope(engine, "admin", { clock: testClock() });

  async function afterLeeds(row: string, rules?: Partial<WritingRules>) {
    const scope = await anOffice();
    await triedAndImported(scope, leeds);
    return triedAndImported(scope, row, rules);
  }

  test.each([
    ["in another town", "Okafor & Sons,,,York,,\n"],
    ["with another postcode", "Okafor & Sons,,,,YO1 7LZ,\n"],
    ["in the town of that name in another country", "Okafor & Sons,,,Leeds,,Canada\n"],
    ["of another town, though its mailbox is at the same provider", "Okafor & Sons,sales@okafor.example,,York,,\n"],
    ["whose email is elsewhere, where it does not say its town", "Okafor & Sons,hello@okafor-sons.example,,,,\n"],
  ])("is another one: %s", async (_, row) => {
    expect((await afterLeeds(row)).came).toEqual({ ...none, created: 1 });
  });

  test.each([
    ["in the same town", "Okafor & Sons,,,LEEDS,,\n"],
    ["in the same town, with an email elsewhere", "Okafor & Sons,okafor@post.example,,Leeds,,\n"],
    ["with the same postcode, whatever it calls its town", "Okafor & Sons,,,Holbeck,ls14ap,\n"],
    ["in the same town of a country of which no code is known", "Okafor & Sons,,,Leeds,LS1 4AP,Yorkshire (UK)\n"],
    ["in the same town of its country as others write it", "Okafor & Sons,,,Leeds,,Great Britain & N. Ireland\n"],
    ["in another town, with the same phone", "Okafor & Sons,,+44 113 496 0001,York,,\n"],
    ["with an email at the same domain", "Okafor & Sons,sales@OKAFOR.example,,,,\n"],
    ["that says nothing but its name", "okafor & sons,,,,,\n"],
  ])("is the same one: %s", async (_, row) => {
    expect((await afterLeeds(row)).came).toMatchObject({ created: 0, refused: 0 });
  });

  test("is the one that it fits best, and of two that it fits alike neither", async () => {
    const scope = await anOffice();
    await triedAndImported(scope, "Okafor & Sons,,,York,,\n");
    const more = await triedAndImported(scope, "Okafor & Sons,,0113 496 0001,Leeds,,\nOkafor & Sons,,,York,YO1 7LZ,\n");
    expect(more.came).toEqual({ ...none, created: 1, changed: 1 });
    const { runId, came } = await triedAndImported(scope, "Okafor & Sons,hello@sons.example,,,,\n");
    expect(came).toEqual({ ...none, refused: 1 });
    const [line] = await listRefusals(scope, runId, { after: 0, limit: 9 });
    expect(line?.reason).toContain("2 contacts fit: “Okafor & Sons (York)”, “Okafor & Sons (+441134960001)”.");
  });

  test("is known by what rows above it in the same file have said of it", async () => {
    const hull = "Okafor & Sons,,,Hull,,\n";
    const york = "Okafor & Sons,,,York,,\nOkafor & Sons,,,York,YO1 7LZ,\n";
    // Before York's postcode was said, the last row would have fitted both alike.
    const { came } = await triedAndImported(await anOffice(), `${hull}${york}Okafor & Sons,,,,YO1 7LZ,\n`);
    expect(came).toMatchObject({ created: 2, refused: 0 });
  });

  test("is rather the one that says where it is than one of which only the name is known", async () => {
    const scope = await anOffice();
    const address = { label: null, street: null, city: "York", region: null, postalCode: null, country: null };
    const company = { ...nothingKnown, kind: "business" as const, company: "Okafor & Sons" };
    await createContact(scope, company);
    await createContact(scope, { ...company, addresses: [address] });
    // To the one without an address it would have added one.
    expect((await triedAndImported(scope, "Okafor & Sons,,,York,,\n")).came).toEqual({ ...none, same: 1 });
  });

  test("may have moved where rows are matched by exact name with company", async () => {
    const moved = await afterLeeds("Okafor & Sons,,,York,,\n", { match: "name" });
    expect(moved.came).toEqual({ ...none, changed: 1 });
  });

  test("of people it is nothing: those of one name and company are one, wherever they are", async () => {
    const { scope } = await imported(await given.scope(engine), "Name,Company,City\nAnn Okafor,Okafor & Sons,Leeds\n");
    const { counts } = await imported(scope, "Name,Company,City\nAnn Okafor,Okafor & Sons,York\n");
    expect(counts).toMatchObject({ created: 0, changed: 1 });
  });

  test("is told apart by a connector's run, and known again when it says more", async () => {
    const scope = await anOffice();
    const connectorId = await connected(scope);
    await withCompany("city", scope, connectorId);
    const system = smallSystem();
    system.put("companies", "c1", { name: "Okafor & Sons", phone: "Leeds" });
    system.put("companies", "c2", { name: "Okafor & Sons", phone: "York" });
    system.put("companies", "c3", { name: "Okafor & Sons", phone: "Leeds" });
    const first = await synced(scope, connectorId, system);
    expect(first).toMatchObject({ state: "done", counts: { created: 2, refused: 0 } });
    system.put("companies", "c2", { name: "Okafor & Sons", phone: "Leeds" });
    expect((await synced(scope, connectorId, system)).counts).toMatchObject({ created: 0, changed: 1 });
  });
});

describe.each(databases)("a company of a name that another has, in a connector's trial, on %s", (engine) => {
  const walk = walkInEach(engine);

  test("is told apart", async () => {
    const { system } = walk.house;
    system.put("companies", "c2", { name: "Okafor & Sons", phone: "Leeds" });
    system.put("companies", "c3", { name: "Okafor & Sons", phone: "York" });
    await walk.chosen(...[people("family", "email"), companies("phone")]);
    await walk.send("mapping", [
      ...goes("people", { given: "givenName", family: "familyName", email: "email" }),
      ...goes("companies", { name: "company", phone: "city" }),
    ]);
    await walk.send("trial");
    await walk.tried();
    const result = (await walk.setUp()).trial?.result;
    expect(result?.map(({ counts }) => counts.created)).toEqual([2, 3]);
  });
});
