import { describe, expect, test } from "vitest";
import { customFieldForm, type FieldFacts } from "~/features/contacts/custom/custom-field-form";
import {
  addField,
  changeField,
  customFields,
  listFields,
  moveField,
  setFieldRetired,
} from "~/features/contacts/custom/custom-fields.server";
import { findAccount } from "~/features/accounts/account-scope.server";
import { fieldRefusal } from "~/features/contacts/custom/field-refusal";
import { editContact } from "~/features/contacts/edit-contact.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";

const facts: FieldFacts = { name: "Tier", type: "choice", choices: ["Gold", "Silver"], hint: null, required: false };

async function actionsOf(scope: Scope) {
  const rows = await scope.db
    .selectFrom("audit_events")
    .select(["action"])
    .where("account_id", "=", scope.account.id)
    .orderBy("position")
    .execute();
  return rows.map(({ action }) => action).filter((action) => action.startsWith("custom-field"));
}

describe.each(databases)("the fields of an account's own on %s", (database) => {
  test("are added, named once, moved, retired and taken back, and each time written down", async () => {
    const scope = await given.scope(database);
    const tier = await given.field(scope, facts);
    const fee = await given.field(scope, { name: "Yearly fee", type: "number", required: true, hint: "In pounds." });
    await given.field(scope, { name: "Mitgliedsnummer" });
    expect(await addField(scope, { ...facts, name: "TIER" })).toEqual({
      ok: false,
      reason: "name-taken",
      like: "Tier",
    });
    expect(await changeField(scope, fee.id, { ...facts, name: "tíer" })).toMatchObject({ reason: "name-taken" });
    await moveField(scope, fee.id, "up");
    await moveField(scope, fee.id, "up");
    await setFieldRetired(scope, tier.id, true);
    await setFieldRetired(scope, tier.id, true);
    expect(await customFields(scope)).toMatchObject([
      { name: "Yearly fee", type: "number", isRequired: true, hint: "In pounds.", choices: [], retiredAt: null },
      { name: "Tier", choices: [{ text: "Gold" }, { text: "Silver" }], retiredAt: expect.any(String) as string },
      { name: "Mitgliedsnummer", type: "text", isRequired: false },
    ]);
    await setFieldRetired(scope, tier.id, false);
    expect((await listFields(scope)).map(({ name, retiredAt, used }) => [name, retiredAt, used])).toEqual([
      ["Yearly fee", null, 0],
      ["Tier", null, 0],
      ["Mitgliedsnummer", null, 0],
    ]);
    const verbs = ["added", "added", "added", "moved", "retired", "taken-back"];
    expect(await actionsOf(scope)).toEqual(verbs.map((verb) => `custom-field.${verb}`));
  });

  test.each(["Email", "Full name", "Birthday", "tallybook id", "Work phone 2", "Address 2 street"])(
    "are not called %s, as something built in is",
    async (name) => {
      const scope = await given.scope(database);
      expect(await addField(scope, { ...facts, name })).toMatchObject({ ok: false, reason: "name-taken" });
    },
  );

  test("are of one type as long as anybody has ever said anything of them, and the page says why", async () => {
    const scope = await given.scope(database);
    const { id, key } = await given.field(scope, { name: "Yearly fee", type: "text" });
    expect(await changeField(scope, id, { ...facts, name: "Yearly fee", type: "number" })).toEqual({ ok: true, id });
    const ann = await given.contact(scope, { familyName: "Okafor", [key]: "12.5" });
    const refused = await changeField(scope, id, { ...facts, name: "Yearly fee", type: "date" });
    expect(refused).toEqual({ ok: false, reason: "type-in-use" });
    expect(fieldRefusal(refused as never)).toMatchObject({
      at: "type",
      message: expect.stringMatching(/another type/) as string,
    });
    expect((await listFields(scope))[0]).toMatchObject({ used: 1 });
    await editContact(scope, ann.id, { version: 1, values: { ...ann.values, [key]: null } });
    expect((await listFields(scope))[0]).toMatchObject({ used: 0 });
    // An undo could bring it back.
    expect(await changeField(scope, id, { ...facts, name: "Yearly fee", type: "date" })).toEqual(refused);
    expect(await changeField(scope, id, { ...facts, name: "Fee", type: "number", hint: "Net" })).toEqual({
      ok: true,
      id,
    });
  });

  test("keep what was chosen when a choice is no longer offered, and offer it again as the same", async () => {
    const scope = await given.scope(database);
    const { id } = await given.field(scope, facts);
    await changeField(scope, id, { ...facts, choices: ["Platinum", "Gold"] });
    expect((await customFields(scope))[0]?.choices).toEqual([
      { text: "Platinum" },
      { text: "Gold" },
      { text: "Silver", retired: true },
    ]);
    await changeField(scope, id, { ...facts, choices: ["SILVER"] });
    expect((await customFields(scope))[0]?.choices).toEqual([
      { text: "Silver" },
      { text: "Platinum", retired: true },
      { text: "Gold", retired: true },
    ]);
    expect(await changeField(scope, id, { ...facts, choices: [] })).toEqual({ ok: false, reason: "no-choices" });
    const many = Array.from({ length: 101 }, (_, place) => `Choice ${place}`);
    expect(await addField(scope, { ...facts, name: "Other", choices: many })).toMatchObject({
      reason: "too-many-choices",
    });
  });

  test("are fifty at the most, and another account's are not there", async () => {
    const { scope, other } = await given.twoAccounts(database);
    for (let place = 0; place < 50; place++) await given.field(scope, { name: `Detail no. ${place}` });
    expect(await addField(scope, facts)).toEqual({ ok: false, reason: "too-many" });
    const [first] = await customFields(scope);
    for (const result of [
      await changeField(other, first?.id ?? "", facts),
      await setFieldRetired(other, first?.id ?? "", true),
      await moveField(other, first?.id ?? "", "down"),
    ]) {
      expect(result).toEqual({ ok: false, reason: "not-found" });
    }
    expect(await listFields(other)).toEqual([]);
    const installation = await given.installation(database);
    expect(await findAccount(installation, scope.account.id)).toMatchObject({ hasCustomFields: true });
    expect(await findAccount(installation, other.account.id)).toMatchObject({ hasCustomFields: false });
  });
});

test("the form of a field wants a name, and takes each choice once", () => {
  const read = (fields: Record<string, string>) => customFieldForm.safeParse(fields);
  expect(read({ type: "text" }).error?.issues[0]?.message).toBe(
    "Say how the field is called, like “Membership number”.",
  );
  expect(read({ name: "Tier", type: "robot" }).success).toBe(false);
  expect(read({ name: " Tier ", type: "choice", choices: "Gold\r\n\n gold\nSilver", required: "yes" }).data).toEqual({
    ...facts,
    required: true,
  });
});
