/** What the fields of a text are for one contact, as far as it is truly known. Pure. */
import { type ContactValues, isCustomField } from "~/features/contacts/contact";
import { customText } from "~/features/contacts/custom/custom-text";
import { type FieldDefinition } from "~/features/contacts/custom/custom-field";
import { type MergeValues } from "~/features/campaigns/text/merge-fields";

/** What is the same for every recipient. */
export interface CampaignFacts {
  firmName: string;
  senderName: string | null;
  campaignName: string;
  /** The account's own fields, and the locale in which their numbers and dates are written. */
  fields: readonly FieldDefinition[];
  locale: string;
}

/**
 * @param contact whoever reads it: for an estate its executor. An estate itself has no name to write to: the one it has
 * is that of somebody who died.
 */
export function mergeValues(contact: ContactValues, campaign: CampaignFacts): MergeValues {
  const values: MergeValues = {
    ...namesOf(contact),
    company: contact.company,
    jobTitle: contact.jobTitle,
    city: contact.addresses[0]?.city ?? null,
    firmName: campaign.firmName,
    senderName: campaign.senderName,
    campaignName: campaign.campaignName,
  };
  for (const { id } of campaign.fields) {
    const field = `custom:${id}`;
    if (isCustomField(field)) values[field] = customText(field, contact[field], campaign);
  }
  return values;
}

/** Nobody's gender is known, so it is "Dear Folasade Adebayo", and to a company by its name. */
function namesOf(contact: ContactValues): MergeValues {
  if (contact.kind === "estate") return {};
  const { givenName, familyName } = contact;
  const parts = [givenName, familyName].filter(Boolean).join(" ");
  const known = contact.typedName ?? (parts || null);
  const fullName = known ?? (contact.kind === "business" ? contact.company : null);
  return { firstName: givenName, lastName: familyName, fullName, salutation: fullName ? `Dear ${fullName}` : null };
}
