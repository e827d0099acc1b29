/** Names that a field of an account's own may not have, since something built in is called so already. */
import { fieldNames } from "~/features/contacts/contact";
import { columnNames } from "~/features/contacts/list/list-columns";
import { contactSubjectFields } from "~/features/contacts/subject/contact-subject-fields";
import { fold } from "~/platform/fold.server";

const others = ["Name", "Tallybook ID", "No email", "No phone", "No letters", "Archived"];
const addressParts = ["Street", "City", "Region", "Postcode", "Country"];

const points = ["Email", "Work email", "Home email", "Phone", "Mobile", "Work phone", "Home phone", "Fax", "Address"];

const taken = new Map<string, string>();
for (const label of [
  ...Object.values(fieldNames),
  ...Object.values(columnNames),
  ...contactSubjectFields.map(({ label }) => label),
  ...others,
  ...addressParts,
  ...points,
]) {
  taken.set(fold(label), label);
}

/** As an export numbers its columns: "Email 2", "Work phone note", "Address 2 street". */
const numbered = /^(.+?)(?: \d+)?(?: (?:label|note|street|city|region|postcode|country))?$/;

/** The label that is there already; null: the name is free. */
export function takenLabel(name: string): string | null {
  const key = fold(name);
  return taken.get(key) ?? (families.has(numbered.exec(key)?.[1] ?? "") ? name : null);
}

const families = new Set(points.map(fold));
