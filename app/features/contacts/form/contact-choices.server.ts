/** What the form of a contact offers to choose from. */
import { birthdayToType } from "~/features/contacts/values/birthday";
import { inUse } from "~/features/contacts/custom/custom-field";
import { customFields } from "~/features/contacts/custom/custom-fields.server";
import { listLanguages } from "~/features/contacts/values/language";
import { listOwners } from "~/features/contacts/owners.server";
import { listTags } from "~/features/contacts/tags.server";
import { type Scope } from "~/platform/scope.server";
import { timeZoneNames } from "~/platform/time-zones.server";

/** Two statements. `kept` is what the contact has, to be offered whatever it is. */
export async function listChoices(scope: Scope, kept: { language: string | null; ownerId: string | null }) {
  const { locale } = scope.place;
  const [tags, owners, own] = await Promise.all([
    listTags(scope),
    listOwners(scope, kept.ownerId),
    customFields(scope),
  ]);
  return {
    birthdays: ["1958-03-14", "--03-14"].map((day) => birthdayToType(day, { country: "GB", locale })) as [
      string,
      string,
    ],
    tagNames: tags.map((tag) => tag.name),
    languages: listLanguages(locale, kept.language),
    timeZones: timeZoneNames,
    fields: inUse(own),
    owners: owners && owners.map(({ id, name }) => ({ value: id, label: name })),
  };
}
