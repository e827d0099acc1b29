/** What properties there are, in their groups; with more of HubSpot's own than anybody reads. */

interface Property {
  name: string;
  label: string;
  groupName: string;
  type: string;
  fieldType: string;
  hidden?: boolean;
  calculated?: boolean;
  hubspotDefined?: boolean;
}

const own = (groupName: string, names: readonly (readonly [string, string])[]): Property[] =>
  names.map(([name, label]) => ({ name, label, groupName, type: "string", fieldType: "text", hubspotDefined: true }));

const hidden = (groupName: string, name: string, label: string): Property => ({
  ...{ name, label, groupName, type: "enumeration", fieldType: "checkbox" },
  ...{ hidden: true, calculated: true, hubspotDefined: true },
});

const dated = (groupName: string, name: string, label: string): Property => ({
  ...{ name, label, groupName, type: "datetime", fieldType: "date", hubspotDefined: true },
});

export const propertyLists: Readonly<Record<string, readonly Property[]>> = {
  contacts: [
    ...own("contactinformation", [
      ["firstname", "First Name"],
      ["lastname", "Last Name"],
      ["salutation", "Salutation"],
      ["email", "Email"],
      ["work_email", "Work email"],
      ["phone", "Phone Number"],
      ["mobilephone", "Mobile Phone Number"],
      ["fax", "Fax Number"],
      ["company", "Company Name"],
      ["jobtitle", "Job Title"],
      ["address", "Street Address"],
      ["city", "City"],
      ["state", "State/Region"],
      ["zip", "Postal Code"],
      ["country", "Country/Region"],
      ["date_of_birth", "Date of birth"],
      ["website", "Website URL"],
      ["message", "Message"],
    ]),
    { ...hidden("contactinformation", "hs_additional_emails", "Additional email addresses"), fieldType: "select" },
    hidden("contactinformation", "hs_merged_object_ids", "Merged object IDs"),
    hidden("contactinformation", "hs_all_contact_vids", "All vids for a contact"),
    {
      ...{ name: "hs_language", label: "Preferred language", groupName: "contactinformation" },
      ...{ type: "enumeration", fieldType: "select", hubspotDefined: true },
    },
    {
      ...{ name: "lifecyclestage", label: "Lifecycle Stage", groupName: "contactinformation" },
      ...{ type: "enumeration", fieldType: "radio", hubspotDefined: true },
    },
    {
      ...{ name: "hs_email_optout", label: "Unsubscribed from all email", groupName: "emailinformation" },
      ...{ type: "bool", fieldType: "booleancheckbox", hubspotDefined: true },
    },
    dated("contactinformation", "lastmodifieddate", "Last Modified Date"),
    dated("contactinformation", "createdate", "Create Date"),
    {
      ...{ name: "hs_object_id", label: "Record ID", groupName: "contactinformation" },
      ...{ type: "number", fieldType: "number", hubspotDefined: true },
    },
    { name: "audience", label: "Audience", groupName: "firm_fields", type: "enumeration", fieldType: "checkbox" },
    { name: "membership_no", label: "Membership no", groupName: "firm_fields", type: "string", fieldType: "text" },
    ...analytics("contactinformation"),
  ],
  companies: [
    ...own("companyinformation", [
      ["name", "Company name"],
      ["domain", "Company Domain Name"],
      ["phone", "Phone Number"],
      ["address", "Street Address"],
      ["address2", "Street Address 2"],
      ["city", "City"],
      ["state", "State/Region"],
      ["zip", "Postal Code"],
      ["country", "Country/Region"],
      ["website", "Website URL"],
      ["industry", "Industry"],
      ["description", "Description"],
    ]),
    hidden("companyinformation", "hs_merged_object_ids", "Merged object IDs"),
    dated("companyinformation", "hs_lastmodifieddate", "Last Modified Date"),
    dated("companyinformation", "createdate", "Create Date"),
  ],
};

/** Two hundred of those that HubSpot adds by itself: together they make no address for a GET any more. */
function analytics(groupName: string): Property[] {
  return Array.from({ length: 200 }, (_, number) => {
    const name = `hs_date_entered_customer_lifecycle_stage_pipeline_${String(number).padStart(3, "0")}`;
    return dated(groupName, name, `Date entered “Customer (Lifecycle Stage Pipeline) ${number}”`);
  });
}

export const groupLists: Readonly<Record<string, readonly [name: string, label: string][]>> = {
  contacts: [
    ["contactinformation", "Contact information"],
    ["emailinformation", "Email information"],
    ["firm_fields", "Fields of the firm"],
  ],
  companies: [["companyinformation", "Company information"]],
};

/** With what every property says of itself. */
export function toProperty({
  hidden = false,
  calculated = false,
  hubspotDefined = false,
  ...property
}: Property): object {
  return {
    ...property,
    description: "",
    options: [],
    displayOrder: -1,
    ...{ hidden, calculated, hubspotDefined, hasUniqueValue: false, externalOptions: false, formField: true },
    modificationMetadata: { archivable: true, readOnlyDefinition: hubspotDefined, readOnlyValue: calculated },
    createdAt: "2020-06-30T15:57:35.997Z",
    updatedAt: "2020-06-30T15:57:35.997Z",
    archived: false,
    dataSensitivity: "non_sensitive",
  };
}
