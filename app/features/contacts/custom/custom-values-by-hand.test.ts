/** What is typed into the fields of an account's own: saved, pinned, traced, told and undone like all else. */
import { parseWithZod } from "@conform-to/zod/v4";
import { describe, expect, test } from "vitest";
import { undoing } from "~/composition.server";
import { undoChangeSet } from "~/features/changes/undo.server";
import { type ContactValues, nothingKnown } from "~/features/contacts/contact";
import { changeField, customFields, setFieldRetired } from "~/features/contacts/custom/custom-fields.server";
import { type CustomFieldType, customFieldTypes } from "~/features/contacts/custom/custom-field";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { createContact, editContact, unpinField } from "~/features/contacts/edit-contact.server";
import { contactForm } from "~/features/contacts/form/contact-form";
import { formDefaults } from "~/features/contacts/form/contact-form-defaults";
import { editForm, originalText } from "~/features/contacts/form/edit-form";
import { wholeFormPlace } from "~/features/contacts/form/form-place.server";
import { currentTexts } from "~/features/contacts/history/history";
import { listHistory } from "~/features/contacts/history/history.server";
import { restoreValue } from "~/features/contacts/history/restore-value.server";
import { serveContacts } from "~/features/contacts/serve-contact.server";
import { homeOf } from "~/features/contacts/values/address-text";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import {
  saidNext,
  saidOnce,
  shownOnce,
  sixFields,
  type SixIds,
  sixNames,
  typedOnce,
  valuesOfSix,
} from "~/testing/six-fields";

function formOf(ids: SixIds, typed: Partial<Record<CustomFieldType, string>>, more: Record<string, string> = {}) {
  const form = new FormData();
  const fields = { kind: "individual", familyName: "Okafor", shownFields: Object.values(ids).join(","), ...more };
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const [type, text] of Object.entries(typed)) form.append(`custom.${ids[type as CustomFieldType]}`, text);
  return form;
}

async function typedBy(scope: Scope, form: FormData): Promise<ContactValues> {
  const submission = parseWithZod(form, { schema: contactForm(await wholeFormPlace(scope)) });
  if (submission.status !== "success") throw new Error(JSON.stringify(submission.error));
  return submission.value;
}

async function rowsOf(scope: Scope, contactId: string) {
  const rows = await scope.db
    .selectFrom("contact_custom_values")
    .select(["field_id", "value"])
    .where("account_id", "=", scope.account.id)
    .where("contact_id", "=", contactId)
    .execute();
  return Object.fromEntries(rows.map((row) => [row.field_id, row.value]));
}

const byId = (ids: SixIds, said: Record<CustomFieldType, string>) =>
  Object.fromEntries(customFieldTypes.map((type) => [ids[type], said[type]]));

async function saidBy(scope: Scope, id: string, ids: SixIds) {
  const contact = await findContact(scope, id);
  return Object.fromEntries(customFieldTypes.map((type) => [type, contact?.values[`custom:${ids[type]}`] ?? null]));
}

describe.each(databases)("fields of one's own, typed, on %s", (database) => {
  test("are read, shown, told of, changed, restored and undone, whatever their type", async () => {
    const clock = testClock();
    const ticking = { now: () => (clock.advance(1), clock.now()) };
    const scope = await given.scope(database, "admin", { clock: ticking });
    const ids = await sixFields(scope);
    const made = await createContact(scope, await typedBy(scope, formOf(ids, typedOnce)));
    if (!made.ok) throw new Error(made.reason);
    const { id } = made;
    expect(await saidBy(scope, id, ids)).toEqual(saidOnce);
    expect(await rowsOf(scope, id)).toEqual(byId(ids, saidOnce));

    // The page: each with its origin, and pinned.
    const page = must(await findContact(scope, id));
    for (const type of customFieldTypes) {
      const field = `custom:${ids[type]}` as const;
      expect(page.origins[field]?.values).toMatchObject([{ text: shownOnce[type] }]);
      expect(page.pins[field]).toBeDefined();
    }

    // An edit pins and tells exactly what changes.
    const next = { ...page.values, ...valuesOfSix(ids, saidNext) };
    const edited = await editContact(scope, id, { version: 1, values: next });
    expect(edited).toMatchObject({ ok: true, changed: customFieldTypes.map((type) => `custom:${ids[type]}`).sort() });
    expect(await saidBy(scope, id, ids)).toEqual(saidNext);
    const told = must((await listHistory(scope, id)).entries[0]);
    expect(told.changes.map(({ label }) => label).sort()).toEqual(Object.values(sixNames).sort());
    expect(told.changes.find(({ label }) => label === "Renewal date")).toMatchObject({
      before: "14 March 2026",
      after: "31 January 2027",
    });

    // An old value again.
    const restored = await restoreValue(scope, id, {
      ...{ entry: told.key, side: "before", field: `custom:${ids.number}` },
    });
    expect(restored).toMatchObject({ ok: true });
    expect(await saidBy(scope, id, ids)).toEqual({ ...saidNext, number: saidOnce.number });
    const current = currentTexts(must(await findContact(scope, id)).values, {
      ...homeOf({ ...scope.account, ...scope.place }, await customFields(scope)),
    });
    expect(current[`custom:${ids.number}`]).toBe("1234.5");

    // Undone, the latest first: all as it was.
    if (!restored.ok || !edited.ok) throw new Error("both were done");
    await undone(scope, restored.changeSetId);
    await undone(scope, edited.changeSetId);
    expect(await saidBy(scope, id, ids)).toEqual(saidOnce);
    expect(await rowsOf(scope, id)).toEqual(byId(ids, saidOnce));
  });

  test("say what is wrong beside the field, all at once", async () => {
    const scope = await given.scope(database);
    const ids = await sixFields(scope);
    const wrong = { text: "x".repeat(301), number: "many", date: "14 March", choice: "Tin", link: "javascript:x" };
    const form = formOf(ids, { ...wrong, "yes-no": "perhaps" });
    const submission = parseWithZod(form, { schema: contactForm(await wholeFormPlace(scope)) });
    expect(Object.keys(submission.status === "error" ? (submission.error ?? {}) : {}).sort()).toEqual(
      customFieldTypes.map((type) => `custom.${ids[type]}`).sort(),
    );
  });

  test("are asked for where they are required, but only by a form that shows them", async () => {
    const scope = await given.scope(database);
    const { id } = await given.field(scope, { name: "Membership number", required: true });
    const place = await wholeFormPlace(scope);
    const errors = (fields: Record<string, string>) => {
      const result = contactForm(place).safeParse({ kind: "individual", familyName: "Okafor", ...fields });
      return result.error?.issues.map(({ path, message }) => [path.join("."), message]);
    };
    const asked = [[`custom.${id}`, "Fill in Membership number: it is required."]];
    expect(errors({ shownFields: id })).toEqual(asked);
    expect(errors({})).toBeUndefined();
  });

  test("stay as they are where a form does not show them: retired, or added since", async () => {
    const scope = await given.scope(database);
    const ids = await sixFields(scope);
    const { id, values } = await given.contact(scope, { familyName: "Okafor", ...valuesOfSix(ids, saidOnce) });
    await setFieldRetired(scope, ids.text, true);
    const place = await wholeFormPlace(scope);
    const form = new FormData();
    const typed = formDefaults(values, place);
    const sent = { kind: "individual", familyName: "Okafor", company: "Okafor & Sons", shownFields: typed.shownFields };
    for (const [name, text] of Object.entries(sent)) form.append(name, text);
    for (const [field, text] of Object.entries(typed.custom)) form.append(`custom.${field}`, text);
    form.append("version", "1");
    form.append("original", originalText(values));
    const submission = parseWithZod(form, { schema: editForm(place) });
    if (submission.status !== "success") throw new Error(JSON.stringify(submission.error));
    expect(await editContact(scope, id, submission.value)).toMatchObject({ ok: true, changed: ["company"] });
    expect(await saidBy(scope, id, ids)).toEqual(saidOnce);
    expect((await findContact(scope, id))?.fields.map(({ name }) => name)).not.toContain("Membership number");
    // One that knows nothing of the account's own fields empties none of them.
    await editContact(scope, id, { version: 2, values: { ...nothingKnown, familyName: "Okafor" } });
    expect(await saidBy(scope, id, ids)).toEqual(saidOnce);
    await setFieldRetired(scope, ids.text, false);
    expect((await findContact(scope, id))?.fields.map(({ name }) => name)).toContain("Membership number");
  });

  test("two people at once: different fields are both kept, the same is asked about", async () => {
    const scope = await given.scope(database);
    const ids = await sixFields(scope);
    const { id, values: original } = await given.contact(scope, {
      familyName: "Okafor",
      ...valuesOfSix(ids, saidOnce),
    });
    await editContact(scope, id, {
      version: 1,
      original,
      values: { ...original, ...valuesOfSix(ids, { number: "7" }) },
    });
    const mine = { ...original, ...valuesOfSix(ids, { choice: "Bronze" }) };
    expect(await editContact(scope, id, { version: 1, original, values: mine })).toMatchObject({
      ...{ ok: true, kept: [`custom:${ids.number}`], changed: [`custom:${ids.choice}`] },
    });
    const clash = { ...original, ...valuesOfSix(ids, { number: "8" }) };
    expect(await editContact(scope, id, { version: 1, original, values: clash })).toMatchObject({
      ...{ ok: false, reason: "conflict", merge: { clashes: [`custom:${ids.number}`] } },
    });
  });

  test("a field let go of says again what a file said", async () => {
    const scope = await given.scope(database);
    const ids = await sixFields(scope);
    const { id } = await given.contact(scope, { familyName: "Okafor", ...valuesOfSix(ids, saidOnce) });
    const data = JSON.stringify(valuesOfSix(ids, saidNext));
    await scope.db
      .insertInto("contact_records")
      .values({
        ...{ account_id: scope.account.id, id: newId(), contact_id: id, source: "file", run_id: null },
        ...{ raw_record_id: null, data, hash: data, observed_at: "2026-05-01T09:00:00.000Z", created_by: null },
      })
      .execute();
    await serveContacts(scope, [id]);
    expect(await saidBy(scope, id, ids)).toEqual(saidOnce);
    for (const type of customFieldTypes) {
      expect(await unpinField(scope, id, `custom:${ids[type]}`)).toMatchObject({ ok: true, stays: false });
    }
    expect(await saidBy(scope, id, ids)).toEqual(saidNext);
    expect(await rowsOf(scope, id)).toEqual(byId(ids, saidNext));
    const [latest] = (await listHistory(scope, id)).entries;
    expect(latest).toMatchObject({ what: "Unpinned", unpinned: [sixNames.link] });
  });

  test("a choice that is no longer offered stays on the form of who has it", async () => {
    const scope = await given.scope(database);
    const ids = await sixFields(scope);
    const { values } = await given.contact(scope, { familyName: "Okafor", ...valuesOfSix(ids, saidOnce) });
    const facts = { name: "Tier", type: "choice", choices: ["Silver"], hint: null, required: false } as const;
    await changeField(scope, ids.choice, { ...facts, choices: ["Silver"] });
    const place = await wholeFormPlace(scope);
    const read = contactForm(place).safeParse(formDefaults(values, place));
    expect(read.data?.[`custom:${ids.choice}`]).toBe("Gold");
  });
});

function must<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw new Error("It is there");
  return value;
}

async function undone(scope: Scope, changeSetId: string | null) {
  const result = await undoChangeSet(scope, changeSetId ?? "", undoing);
  expect(result).toMatchObject({ ok: true });
}
