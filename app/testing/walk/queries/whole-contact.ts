import { sql } from "kysely";
import { carersOf } from "~/features/contacts/relationships/carer-rows.server";
import { listChoices } from "~/features/contacts/form/contact-choices.server";
import { readContact } from "~/features/contacts/detail/contact-statement.server";
import { liftMark, markDoNotContact } from "~/features/contacts/consent/do-not-contact.server";
import { findLetterAddress } from "~/features/contacts/relationships/find-letter-address.server";
import { formPlace, wholeFormPlace } from "~/features/contacts/form/form-place.server";
import { correctHousehold } from "~/features/contacts/household/household.server";
import { matesOf } from "~/features/contacts/household/household-rows.server";
import { makeEstate } from "~/features/contacts/relationships/make-estate.server";
import { offerContacts } from "~/features/contacts/relationships/offered-contacts.server";
import { assignOwner, cannotAssign, findOwner, listOwners, tellOwner } from "~/features/contacts/owners.server";
import { addContact, saveContact } from "~/features/contacts/save-contact.server";
import { seenBy, seenBySql } from "~/features/contacts/seen-by.server";
import { serveConsent, setOwner } from "~/features/contacts/serve-contact.server";
import { nothingKnown } from "~/features/contacts/contact";
import { newId } from "~/platform/ids.server";
import { notFound, type QueryTable, something } from "~/testing/walk/query-shape";

/** Marks, owners, estates, households and what a contact's form offers. */
export const wholeContactQueries: QueryTable = {
  "features/contacts/relationships/carer-rows": {
    carersOf: [(theirs, ours) => carersOf(theirs.db, theirs, [ours.contactId]).execute(), something],
  },
  "features/contacts/household/household-rows": {
    matesOf: [(theirs, ours) => matesOf(theirs.db, theirs, ours.contactId).execute(), something],
  },
  // Fragments of conditions: they read nothing themselves.
  "features/contacts/seen-by": {
    seenBy: [(theirs) => typeof seenBy(theirs), something],
    seenBySql: [(theirs) => typeof seenBySql(theirs, sql.ref("contacts.owner_id")), something],
  },
  "features/contacts/form/contact-choices": {
    listChoices: [
      async (theirs, ours) => (await listChoices(theirs, { language: null, ownerId: ours.userId })).tagNames,
      [],
    ],
  },
  "features/contacts/detail/contact-statement": {
    readContact: [(theirs, ours) => readContact(theirs, ours.contactId), []],
  },
  "features/contacts/consent/do-not-contact": {
    markDoNotContact: [
      (theirs, ours) => markDoNotContact(theirs, ours.contactId, { channels: ["email"], reason: null }),
      notFound,
    ],
    liftMark: [(theirs, { contactId, markId }) => liftMark(theirs, { contactId, markId }), notFound],
  },
  "features/contacts/relationships/find-letter-address": {
    findLetterAddress: [
      (theirs, ours) =>
        findLetterAddress(theirs, {
          id: ours.contactId,
          name: "Estate of Ann Okafor",
          values: { ...nothingKnown, kind: "estate" },
          archived: null,
          marks: [],
          carers: [],
        }),
      something,
    ],
  },
  "features/contacts/form/form-place": {
    formPlace: [(theirs) => formPlace(theirs), something],
    wholeFormPlace: [(theirs) => wholeFormPlace(theirs), something],
  },
  "features/contacts/household/household": {
    correctHousehold: [
      (theirs, ours) =>
        correctHousehold(theirs, { contactId: ours.contactId, otherId: ours.otherContactId, kind: "apart" }),
      notFound,
    ],
  },
  "features/contacts/relationships/make-estate": {
    makeEstate: [
      (theirs, ours) => makeEstate(theirs, ours.contactId, { diedOn: "2026-01-01", executor: null }),
      notFound,
    ],
  },
  "features/contacts/relationships/offered-contacts": {
    offerContacts: [async (theirs, ours) => (await offerContacts(theirs, "quillfeather", ours.contactId)).offered, []],
  },
  "features/contacts/owners": {
    listOwners: [async (theirs, ours) => (await listOwners(theirs, ours.userId))?.map(({ name }) => name), something],
    assignOwner: [
      (theirs, ours) => assignOwner(theirs, [ours.contactId], null),
      { ok: true, given: 0, changeSetId: null },
    ],
    findOwner: [(theirs, ours) => findOwner(theirs, ours.memberId), undefined],
    tellOwner: [
      (theirs, ours) =>
        tellOwner(theirs, { id: ours.memberId, name: "Grace" }, { count: 1, contactId: null, changeSetId: newId() }),
      undefined,
    ],
    cannotAssign: [(theirs, ours) => cannotAssign(theirs, ours.memberId), "not-a-member"],
  },
  "features/contacts/save-contact": {
    addContact: [
      (theirs, ours) => addContact(theirs, { values: nothingKnown, ownerId: ours.memberId }),
      { ok: false, reason: "not-a-member" },
    ],
    saveContact: [
      (theirs, ours) =>
        saveContact(theirs, ours.contactId, { edit: { version: 1, values: nothingKnown }, ownerId: null }),
      notFound,
    ],
  },
};

export const servingQueries: QueryTable[string] = {
  serveConsent: [(theirs, ours) => serveConsent(theirs, [ours.contactId]), undefined],
  setOwner: [(theirs, ours) => setOwner(theirs, [ours.contactId], null), undefined],
};
