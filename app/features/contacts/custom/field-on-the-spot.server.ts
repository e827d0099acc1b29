/** Fields of an account's own that are made for a column of a file, while it is mapped. */
import { typeNames } from "~/features/contacts/custom/custom-field";
import { customFieldForm } from "~/features/contacts/custom/custom-field-form";
import { addField } from "~/features/contacts/custom/custom-fields.server";
import { fieldRefusal } from "~/features/contacts/custom/field-refusal";
import { type NewFields } from "~/features/pipeline/subject";

/** A choice needs its choices, and those are thought about in the settings. */
const types = ["text", "number", "date", "yes-no", "link"] as const;

export const fieldsOnTheSpot: NewFields = {
  types: types.map((id) => ({ id, label: typeNames[id] })),
  async add(scope, { name, type }) {
    const facts = customFieldForm.safeParse({ name, type });
    if (!facts.success) return { ok: false, reason: facts.error.issues[0]?.message ?? "" };
    const added = await addField(scope, facts.data);
    if (added.ok) return { ok: true, fieldId: `custom:${added.id}` };
    if (added.reason === "not-found") throw new Error("A new field is looked for nowhere");
    return { ok: false, reason: fieldRefusal(added).message };
  },
};
