import { eraseSourced, holdNamed, listTakenIn } from "~/features/contacts/sourced/erase-sourced.server";
import { loadSourced } from "~/features/contacts/sourced/load-sourced.server";
import { rehearseSourced } from "~/features/contacts/sourced/rehearse-sourced.server";
import { relateSourced } from "~/features/contacts/sourced/relate-sourced.server";
import { withdrawSourced } from "~/features/contacts/sourced/withdraw-sourced.server";
import { type CanonicalContact } from "~/features/contacts/subject/contact-subject-reader";
import { type Sourced } from "~/features/pipeline/subject-sourced";

/** Contacts kept like a source that knows its records by name. */
export const contactsSynced: Sourced<CanonicalContact> = {
  action: "contacts.synced",
  load: loadSourced,
  rehearse: rehearseSourced,
  withdraw: withdrawSourced,
  relate: relateSourced,
  takenIn: listTakenIn,
  holdNamed,
  erase: eraseSourced,
};
