/** The one file that joins what features offer to each other: subjects to the pipeline. */
import { contactSubject } from "~/features/contacts/contact-subject.server";
import { type Subjects } from "~/features/pipeline/subject";

export const subjects: Subjects = { contacts: contactSubject };
