/** An import taken back leaves everything as if it had never been, but for what others did since. */
import { stringify } from "csv-stringify/sync";
import { describe, expect, test } from "vitest";
import undoChange from "../../../../jobs/undo-change";
import { subjects, undoing } from "~/composition.server";
import { findChange } from "~/features/changes/list-changes.server";
import { undoChangeSet } from "~/features/changes/undo.server";
import { fieldOf } from "~/features/contacts/custom/custom-field";
import { archiveContact } from "~/features/contacts/deletion/archive-contacts.server";
import { editContact } from "~/features/contacts/edit-contact.server";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { listContacts } from "~/features/contacts/list/list-contacts.server";
import { readView } from "~/features/contacts/list/contact-list";
import { continueRun } from "~/features/pipeline/run/continue-run.server";
import { listRuns } from "~/features/pipeline/run/runs.server";
import { startRun } from "~/features/pipeline/run/start-run.server";
import { type Scope } from "~/platform/scope.server";
import { DAY_MS, MINUTE_MS } from "~/platform/time";
import { databases } from "~/testing/databases";
import { given, type TestClock, testClock } from "~/testing/given";
import { undoneWholly } from "~/testing/given-undo";
import { upload } from "~/testing/walk/examples";

type Row = Record<string, string>;

async function givenFirm(engine: (typeof databases)[number]) {
  const clock = testClock();
  const scope = await given.scope(engine, "admin", { clock });
  return { scope, clock };
}

async function imported(scope: Scope, clock: TestClock, rows: Row[]): Promise<string> {
  clock.advance(MINUTE_MS);
  const runId = await upload(scope, stringify(rows, { header: true }));
  await startRun(scope, runId);
  await continueRun(scope, subjects, runId, { signal: new AbortController().signal });
  const { change_set_id } = await scope.db
    .selectFrom("runs")
    .select("change_set_id")
    .where("account_id", "=", scope.account.id)
    .where("id", "=", runId)
    .executeTakeFirstOrThrow();
  clock.advance(MINUTE_MS);
  return change_set_id ?? "";
}

/** Undoes as the page and its job do; the undo's own change set, and what was left alone. */
async function undone(scope: Scope, changeSetId: string, editedToo = false) {
  const asked = await undoChangeSet(scope, changeSetId, undoing, { editedToo });
  if (!asked.ok || !("undoId" in asked)) throw new Error(JSON.stringify(asked));
  const job = given.job(
    await given.installation(scope.database.dialect, { database: scope.database, clock: scope.clock }),
  );
  await undoChange({ accountId: scope.account.id, undoId: asked.undoId }, job);
  const undo = await scope.db
    .selectFrom("undos")
    .select(["state", "own_change_set_id", "undone_count", "left_count"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", asked.undoId)
    .executeTakeFirstOrThrow();
  const left = await scope.db
    .selectFrom("undo_left")
    .select(["subject_id", "what", "why"])
    .where("account_id", "=", scope.account.id)
    .where("undo_id", "=", asked.undoId)
    .execute();
  return { ...undo, left };
}

async function everybody(scope: Scope) {
  const { contacts } = await listContacts(scope, readView(new URLSearchParams()));
  const found = await Promise.all(contacts.map(({ id }) => findContact(scope, id)));
  return found.map((contact) => contact && { id: contact.id, values: contact.values, pins: Object.keys(contact.pins) });
}

async function idOfAnn(scope: Scope): Promise<string | undefined> {
  const { contacts } = await listContacts(scope, readView(new URLSearchParams("q=ann@okafor")));
  return contacts[0]?.id;
}

const first = [
  { "Given name": "Ann", "Family name": "Okafor", Email: "ann@okafor.example", Company: "Kiln Row Pottery" },
  { "Given name": "Jürgen", "Family name": "Weiß", Email: "j.weiss@brandt.example", Company: "Brandt Holzbau GmbH" },
];
const second = [
  { ...first[0]!, Company: "Hale & Partners", Phone: "020 7946 0182" },
  { "Given name": "Siobhán", "Family name": "Haddad", Email: "s@haddad.example", Company: "" },
  first[1]!,
];

describe.each(databases)("the undo of an import, on %s", (engine) => {
  test("takes away whom it made and brings back what others said, and can itself be undone", async () => {
    const { scope, clock } = await givenFirm(engine);
    await imported(scope, clock, first);
    const before = await everybody(scope);
    const set = await imported(scope, clock, second);
    const after = await everybody(scope);
    expect(after).toHaveLength(3);

    const undo = await undone(scope, set);
    expect(undo).toMatchObject({ state: "done", left: [] });
    expect(await everybody(scope)).toEqual(before);

    const redo = await undoChangeSet(scope, undo.own_change_set_id, undoing);
    expect(redo).toMatchObject({ ok: true, leftAlone: [] });
    expect(await everybody(scope)).toEqual(after);
  });

  test("leaves alone whom somebody changed since, and says so, unless they are to go, too", async () => {
    const { scope, clock } = await givenFirm(engine);
    const set = await imported(scope, clock, first);
    const [ann] = (await everybody(scope)).filter((contact) => contact?.values.givenName === "Ann");
    const { version, values } = (await findContact(scope, ann!.id))!;
    await editContact(scope, ann!.id, { version, values: { ...values, jobTitle: "Potter" } });
    const undo = await undone(scope, set);
    expect(undo.left).toEqual([{ subject_id: ann!.id, what: "all of it", why: "it was changed since" }]);
    expect((await everybody(scope)).map((contact) => contact?.id)).toEqual([ann!.id]);

    const other = await givenFirm(engine);
    const again = await imported(other.scope, other.clock, first);
    const [one] = await everybody(other.scope);
    const known = (await findContact(other.scope, one!.id))!;
    await editContact(other.scope, one!.id, {
      version: known.version,
      values: { ...known.values, jobTitle: "Potter" },
    });
    expect(await undone(other.scope, again, true)).toMatchObject({ left: [] });
    expect(await everybody(other.scope)).toEqual([]);
  });

  test("keeps what was pinned since, and names the field", async () => {
    const { scope, clock } = await givenFirm(engine);
    await imported(scope, clock, first);
    const set = await imported(scope, clock, second);
    const [ann] = (await everybody(scope)).filter((contact) => contact?.values.givenName === "Ann");
    const { version, values } = (await findContact(scope, ann!.id))!;
    await editContact(scope, ann!.id, { version, values: { ...values, company: "Okafor & Daughters" } });
    const undo = await undone(scope, set);
    expect(undo.left).toEqual([{ subject_id: ann!.id, what: "Company", why: null }]);
    expect((await findContact(scope, ann!.id))!.values).toMatchObject({ company: "Okafor & Daughters", phones: [] });
  });

  test("names a field that was changed since also where its row stood far from the contact's other rows", async () => {
    const { scope, clock } = await givenFirm(engine);
    await imported(scope, clock, [first[0]!]);
    const others = Array.from({ length: 320 }, (_, n) => ({
      ...second[1]!,
      "Given name": `Siobhán ${n}`,
      Email: `s${n}@haddad.example`,
    }));
    const [company, title] = [
      { ...first[0]!, Company: "Hale & Partners", "Job title": "" },
      { ...first[0]!, Company: "", "Job title": "Potter" },
    ];
    const set = await imported(scope, clock, [company, ...others.map((row) => ({ ...row, "Job title": "" })), title]);
    const id = (await idOfAnn(scope))!;
    const { version, values } = (await findContact(scope, id))!;
    expect(values).toMatchObject({ company: "Hale & Partners", jobTitle: "Potter" });
    await editContact(scope, id, { version, values: { ...values, company: "Okafor & Daughters" } });
    const undo = await undone(scope, set);
    expect(undo.left).toEqual([{ subject_id: id, what: "Company", why: null }]);
  }, 60_000);

  test("leaves alone what another import said, too", async () => {
    const { scope, clock } = await givenFirm(engine);
    const set = await imported(scope, clock, first);
    await imported(scope, clock, [first[1]!]);
    const undo = await undone(scope, set);
    expect(undo.left).toMatchObject([{ why: "another import has it, too" }]);
    expect((await everybody(scope)).map((contact) => contact?.values.familyName)).toEqual(["Weiß"]);
  });

  test("takes what was changed since, too, where that is chosen, also of contacts that were there before", async () => {
    const { scope, clock } = await givenFirm(engine);
    await imported(scope, clock, first);
    const before = await everybody(scope);
    const set = await imported(scope, clock, second);
    const [ann] = (await everybody(scope)).filter((contact) => contact?.values.givenName === "Ann");
    for (const company of ["Okafor & Daughters", "Okafor & Sons"]) {
      const { version, values } = (await findContact(scope, ann!.id))!;
      await editContact(scope, ann!.id, { version, values: { ...values, company } });
      clock.advance(MINUTE_MS);
    }
    const after = await everybody(scope);
    const undo = await undone(scope, set, true);
    expect(undo).toMatchObject({ left: [] });
    expect(await everybody(scope)).toEqual(before);
    await undoneWholly(scope, undo.own_change_set_id);
    expect(await everybody(scope)).toEqual(after);
  });

  test("takes what was changed since in a field of the account's own as in any other", async () => {
    const { scope, clock } = await givenFirm(engine);
    const field = fieldOf(await given.field(scope, { name: "Membership", type: "text", choices: [] }));
    await imported(scope, clock, first);
    const before = await everybody(scope);
    const set = await imported(scope, clock, [{ ...second[0]!, Membership: "Friend" }]);
    const [ann] = (await everybody(scope)).filter((contact) => contact?.values.givenName === "Ann");
    const { version, values } = (await findContact(scope, ann!.id))!;
    expect(values).toMatchObject({ company: "Hale & Partners", [field]: "Friend" });
    const typed = { ...values, company: "Okafor & Daughters", [field]: "Patron" };
    expect(await editContact(scope, ann!.id, { version, values: typed })).toMatchObject({ ok: true });
    clock.advance(MINUTE_MS);
    const after = await everybody(scope);
    const undo = await undone(scope, set, true);
    expect(undo).toMatchObject({ left: [] });
    expect(await everybody(scope)).toEqual(before);
    await undoneWholly(scope, undo.own_change_set_id);
    expect(await everybody(scope)).toEqual(after);
  });

  test("sees again what was undone and redone since", async () => {
    const { scope, clock } = await givenFirm(engine);
    const set = await imported(scope, clock, first);
    const [ann] = (await everybody(scope)).filter((contact) => contact?.values.givenName === "Ann");
    const marked = await archiveContact(scope, ann!.id);
    clock.advance(MINUTE_MS);
    const taken = await undoneWholly(scope, (marked.ok && marked.changeSetId) || "");
    await undoneWholly(scope, taken.changeSetId ?? "");
    const { left } = await undoneWholly(scope, set);
    expect(left).toMatchObject([{ subjectId: ann!.id, why: "it was changed since" }]);
  });

  test("tells its line of undos and redos, the last of which can be undone", async () => {
    const { scope, clock } = await givenFirm(engine);
    const set = await imported(scope, clock, first);
    const undo = (await undoneWholly(scope, set)).changeSetId ?? "";
    expect(await findChange(scope, set)).toMatchObject({ undone: {}, undoOf: null, last: { id: undo, turn: 1 } });
    const redo = (await undoneWholly(scope, undo)).changeSetId ?? "";
    expect(await findChange(scope, set)).toMatchObject({ last: { id: redo, turn: 2 } });
    expect(await findChange(scope, redo)).toMatchObject({
      last: null,
      undoOf: { rootId: set, rootAction: "contacts.imported", isRedo: true },
    });
    expect(await listRuns(scope)).toMatchObject([{ undone: null }]);
    await undoneWholly(scope, redo);
    expect(await listRuns(scope)).toMatchObject([{ undone: { by: scope.user?.name } }]);
    expect(await everybody(scope)).toEqual([]);
  });

  test("makes room for the same file to come again as new", async () => {
    const { scope, clock } = await givenFirm(engine);
    const set = await imported(scope, clock, first);
    await undone(scope, set);
    await imported(scope, clock, first);
    expect(await everybody(scope)).toHaveLength(2);
  });

  test("is done once, within 30 days, and not while the import is at work", async () => {
    const { scope, clock } = await givenFirm(engine);
    const set = await imported(scope, clock, first);
    await undone(scope, set);
    expect(await undoChangeSet(scope, set, undoing)).toEqual({ ok: false, reason: "undone-already" });
    const late = await imported(scope, clock, second);
    clock.advance(30 * DAY_MS);
    expect(await undoChangeSet(scope, late, undoing)).toEqual({ ok: false, reason: "too-late" });
  });
});
