/** What the page of an undo says before it is done is what comes of it. */
import { describe, expect, test } from "vitest";
import { archiveContact } from "~/features/contacts/deletion/archive-contacts.server";
import { deleteContacts } from "~/features/contacts/deletion/delete-contacts.server";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { editContact } from "~/features/contacts/edit-contact.server";
import "~/features/contacts/tables";
import { aboutUndo } from "~/features/contacts/undo/about-undo.server";
import { stayWords } from "~/features/contacts/undo/stay-words";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { connected, synced } from "~/testing/given-syncs";
import { importedRows, type UndoneByTest, undoneWholly } from "~/testing/given-undo";
import { smallSystem } from "~/testing/small-system";

const most = 10_000;
const names = ["Ngozi", "Emeka", "Bridget", "Thea", "Walter", "Maud"];
const person = (given: string) => ({ given, family: "Lindqvist", email: `${given.toLowerCase()}@lindqvist.example` });

async function read(scope: Scope) {
  const system = smallSystem();
  for (const name of names) system.put("people", name, person(name));
  const connectorId = await connected(scope);
  const run = await synced(scope, connectorId, system);
  return { system, connectorId, changeSetId: run.changeSetId ?? "" };
}

async function idOf(scope: Scope, name: string): Promise<string> {
  const { id } = await scope.db
    .selectFrom("contacts")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("email", "=", person(name).email)
    .executeTakeFirstOrThrow();
  return id;
}

async function edited(scope: Scope, name: string, change: { jobTitle?: string; notes?: string }): Promise<void> {
  const id = await idOf(scope, name);
  const { version, values } = (await findContact(scope, id))!;
  expect(await editContact(scope, id, { version, values: { ...values, ...change } })).toMatchObject({ ok: true });
}

const ann = { "Given name": "Ann", Email: "ann@okafor.example" };
const ben = { "Given name": "Ben", Email: "ben@okafor.example" };

/** By their given names. */
async function leftAlone(scope: Scope, { left }: UndoneByTest): Promise<string[]> {
  const found = await Promise.all(left.map(({ subjectId }) => nameOf(scope, subjectId)));
  return [...new Set(found)].sort();
}

async function nameOf(scope: Scope, id: string): Promise<string> {
  const { name } = await scope.db
    .selectFrom("contacts")
    .select("name")
    .where("account_id", "=", scope.account.id)
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  return name.replace(" Lindqvist", "");
}

describe.each(databases)("before a run is undone, on %s", (engine) => {
  test("it is counted whom it made and who stays: changed since, known elsewhere by now, or deleted", async () => {
    const scope = await given.scope(engine, "admin", { clock: testClock() });
    const { system, connectorId, changeSetId } = await read(scope);
    await edited(scope, "Ngozi", { jobTitle: "Potter" });
    await deleteContacts(scope, [await idOf(scope, "Emeka")]);
    system.put("people", "Bridget", { ...person("Bridget"), notes: "Moved to York" });
    await synced(scope, connectorId, system);
    const other = smallSystem();
    other.put("people", "t", { ...person("Thea"), notes: "Sings in the choir" });
    await synced(scope, await connected(scope), other);
    await archiveContact(scope, await idOf(scope, "Walter"));

    const about = await aboutUndo(scope, changeSetId, { most });
    expect(about).toEqual({
      ...{ touched: 6, made: 6, isAll: true },
      stays: { madeChanged: 2, madeKnown: 2, changed: 0, deleted: 1 },
    });
    expect(stayWords(about, "en-GB")).toEqual([
      "2 contacts that it made stay, as something was changed since.",
      "2 contacts that it made stay, as a later run or another source says something of them.",
      "1 contact was deleted since.",
    ]);
    expect(await aboutUndo(scope, changeSetId, { most: 3 })).toMatchObject({ isAll: false });
    const undone = await undoneWholly(scope, changeSetId);
    expect(undone.undone).toBe(1);
    expect(await leftAlone(scope, undone)).toEqual(["Bridget", "Emeka", "Ngozi", "Thea", "Walter"]);
  });

  test("also of whom it changed, where somebody has changed something since", async () => {
    const scope = await given.scope(engine, "admin", { clock: testClock() });
    const { system, connectorId } = await read(scope);
    for (const name of ["Ngozi", "Emeka"]) system.put("people", name, { ...person(name), notes: "Moved to York" });
    system.put("people", "Olive", person("Olive"));
    const { changeSetId } = await synced(scope, connectorId, system);
    await edited(scope, "Ngozi", { notes: "Moved to Leeds" });
    const about = await aboutUndo(scope, changeSetId ?? "", { most });
    expect(about).toMatchObject({ touched: 3, made: 1, stays: { madeChanged: 0, madeKnown: 0, changed: 1 } });
    expect(stayWords(about, "en-GB")).toEqual(["Of 1 of the others something was changed since."]);
    expect(await leftAlone(scope, await undoneWholly(scope, changeSetId ?? ""))).toEqual(["Ngozi"]);
  });

  test("an import's contacts stay that another file has brought in again", async () => {
    const scope = await given.scope(engine, "admin", { clock: testClock() });
    const first = await importedRows(scope, [ann, ben]);
    expect(stayWords(await aboutUndo(scope, first, { most }), "en-GB")).toEqual([
      "Nothing of it was changed since, so nothing stays.",
    ]);
    await importedRows(scope, [ann]);
    expect(await aboutUndo(scope, first, { most })).toMatchObject({ made: 2, stays: { madeKnown: 1, madeChanged: 0 } });
    expect(await undoneWholly(scope, first)).toMatchObject({ undone: 1 });
  });
});
