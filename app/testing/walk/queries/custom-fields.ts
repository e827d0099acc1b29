import { customConditions } from "~/features/contacts/custom/custom-conditions.server";
import {
  addField,
  changeField,
  customFields,
  listFields,
  moveField,
  setFieldRetired,
} from "~/features/contacts/custom/custom-fields.server";
import { sortKeyOf } from "~/features/contacts/list/list-sort.server";
import { contactSubject } from "~/features/contacts/subject/contact-subject.server";
import { subjectFor } from "~/features/pipeline/subject-for.server";
import { notFound, type QueryTable, something } from "~/testing/walk/query-shape";

const facts = { name: "Tier", type: "text", choices: [], hint: null, required: false } as const;
const plainFacts = { ...facts, choices: [] };

export const customFieldQueries: QueryTable = {
  "features/contacts/custom/custom-fields": {
    customFields: [customFields, []],
    listFields: [listFields, []],
    changeField: [(theirs, ours) => changeField(theirs, ours.fieldId, plainFacts), notFound],
    setFieldRetired: [(theirs, ours) => setFieldRetired(theirs, ours.fieldId, true), notFound],
    moveField: [(theirs, ours) => moveField(theirs, ours.fieldId, "up"), notFound],
    addField: [(theirs) => addField(theirs, plainFacts), something],
  },
  "features/contacts/custom/custom-conditions": {
    customConditions: [
      (theirs, ours) => customConditions(theirs, { [`custom:${ours.fieldId}`]: { text: "zymurgy" } }).length,
      something,
    ],
  },
  "features/contacts/list/list-sort": {
    sortKeyOf: [(theirs, ours) => sortKeyOf(theirs, `custom:${ours.fieldId}`).column, something],
  },
  "features/pipeline/subject-for": {
    subjectFor: [async (theirs) => (await subjectFor(theirs, contactSubject)).id, something],
  },
};
