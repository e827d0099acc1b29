/** What fields there are, as a description of an object says it; with more of the firm's own than an address can name. */

export interface FieldFacts {
  name: string;
  label: string;
  type: string;
  length: number;
  custom: boolean;
  compoundFieldName: string | null;
  relationshipName: string | null;
}

type Row = readonly [name: string, label: string, type?: string, length?: number, compound?: string];

function field([name, label, type = "string", length = 0, compound]: Row): FieldFacts {
  return {
    ...{ name, label, type, length, custom: name.endsWith("__c"), compoundFieldName: compound ?? null },
    relationshipName: type === "reference" && name.endsWith("Id") ? name.slice(0, -2) : null,
  };
}

function addressOf(name: string): Row[] {
  const whole = `${name}Address`;
  const label = (part: string) => [name, part].filter(Boolean).join(" ");
  return [
    [`${name}Street`, label("Street"), "textarea", 255, whole],
    [`${name}City`, label("City"), "string", 40, whole],
    [`${name}State`, label("State/Province"), "string", 80, whole],
    [`${name}PostalCode`, label("Zip/Postal Code"), "string", 20, whole],
    [`${name}Country`, label("Country"), "string", 80, whole],
    [`${name}Latitude`, label("Latitude"), "double", 0, whole],
    [`${name}Longitude`, label("Longitude"), "double", 0, whole],
    [`${name}GeocodeAccuracy`, label("Geocode Accuracy"), "picklist", 40, whole],
    [whole, label("Address"), "address"],
  ];
}

const ofAll = (label: string): Row[] => [
  ["Id", `${label} ID`, "id", 18],
  ["IsDeleted", "Deleted", "boolean"],
  ["MasterRecordId", "Master Record ID", "reference", 18],
];

const atEnd: Row[] = [
  ["OwnerId", "Owner ID", "reference", 18],
  ["CreatedDate", "Created Date", "datetime"],
  ["LastModifiedDate", "Last Modified Date", "datetime"],
  ["SystemModstamp", "System Modstamp", "datetime"],
  ["LastViewedDate", "Last Viewed Date", "datetime"],
  ["LastReferencedDate", "Last Referenced Date", "datetime"],
  ["PhotoUrl", "Photo URL", "url", 255],
];

const names: Row[] = [
  ["LastName", "Last Name", "string", 80, "Name"],
  ["FirstName", "First Name", "string", 40, "Name"],
  ["Salutation", "Salutation", "picklist", 40, "Name"],
  ["Name", "Full Name", "string", 121],
];

/** Not in every organisation: their own switches show them. */
const optOuts: Row[] = [
  ["HasOptedOutOfEmail", "Email Opt Out", "boolean"],
  ["DoNotCall", "Do Not Call", "boolean"],
];

/** Two hundred that somebody's app has brought along. */
const ofApps: Row[] = Array.from({ length: 200 }, (_, number) => {
  const three = String(number).padStart(3, "0");
  return [`acme_campaigns_touchpoint_history_${three}__c`, `Touchpoint ${number}`, "string", 255];
});

export const fieldLists: Readonly<Record<"Contact" | "Lead" | "Account", readonly FieldFacts[]>> = {
  Contact: [
    ...ofAll("Contact"),
    ["AccountId", "Account ID", "reference", 18] as const,
    ...names,
    ...addressOf("Other"),
    ...addressOf("Mailing"),
    ...([
      ["Phone", "Business Phone", "phone", 40],
      ["Fax", "Business Fax", "phone", 40],
      ["MobilePhone", "Mobile Phone", "phone", 40],
      ["HomePhone", "Home Phone", "phone", 40],
      ["OtherPhone", "Other Phone", "phone", 40],
      ["AssistantPhone", "Asst. Phone", "phone", 40],
      ["Email", "Email", "email", 80],
      ["Title", "Title", "string", 128],
      ["Department", "Department", "string", 80],
      ["AssistantName", "Assistant's Name", "string", 40],
      ["Birthdate", "Birthdate", "date"],
      ["Description", "Contact Description", "textarea", 32000],
    ] as const),
    ...optOuts,
    ...atEnd,
    ["text_field__c", "text field", "string", 191] as const,
    ["Portrait__c", "Portrait", "base64"] as const,
    ...ofApps,
  ].map(field),
  Lead: [
    ...ofAll("Lead"),
    ...names,
    ["Title", "Title", "string", 128] as const,
    ["Company", "Company", "string", 255] as const,
    ...addressOf(""),
    ...([
      ["Phone", "Phone", "phone", 40],
      ["MobilePhone", "Mobile Phone", "phone", 40],
      ["Fax", "Fax", "phone", 40],
      ["Email", "Email", "email", 80],
      ["Website", "Website", "url", 255],
      ["Description", "Description", "textarea", 32000],
      ["Status", "Status", "picklist", 40],
      ["Industry", "Industry", "picklist", 40],
      ["IsConverted", "Converted", "boolean"],
      ["ConvertedDate", "Converted Date", "date"],
      ["ConvertedContactId", "Converted Contact ID", "reference", 18],
    ] as const),
    ...optOuts,
    ...atEnd,
  ].map(field),
  Account: [
    ...ofAll("Account"),
    ["Name", "Account Name", "string", 255, "Name"] as const,
    ["Type", "Account Type", "picklist", 40] as const,
    ...addressOf("Billing"),
    ...addressOf("Shipping"),
    ...([
      ["Phone", "Account Phone", "phone", 40],
      ["Fax", "Account Fax", "phone", 40],
      ["Website", "Website", "url", 255],
      ["Industry", "Industry", "picklist", 40],
      ["Description", "Account Description", "textarea", 32000],
    ] as const),
    ...atEnd,
  ].map(field),
};

/** With what every field says of itself. */
export function toField({
  name,
  label,
  type,
  length,
  custom,
  compoundFieldName,
  relationshipName,
}: FieldFacts): object {
  const isText = ["string", "textarea", "url", "email", "phone", "picklist"].includes(type);
  return {
    ...{
      aggregatable: type !== "address",
      autoNumber: false,
      byteLength: length * (isText ? 3 : 1),
      calculated: false,
    },
    ...{ calculatedFormula: null, cascadeDelete: false, caseSensitive: false, compoundFieldName, controllerName: null },
    ...{
      createable: name !== "Id",
      custom,
      defaultValue: type === "boolean" ? false : null,
      defaultValueFormula: null,
    },
    ...{ defaultedOnCreate: false, dependentPicklist: false, deprecatedAndHidden: false, digits: 0 },
    ...{ displayLocationInDecimal: false, encrypted: false, externalId: false, extraTypeInfo: null, filterable: true },
    ...{
      filteredLookupInfo: null,
      groupable: true,
      highScaleNumber: false,
      htmlFormatted: false,
      idLookup: name === "Id",
    },
    ...{ inlineHelpText: null, label, length, mask: null, maskType: null, name, nameField: name === "Name" },
    ...{
      namePointing: false,
      nillable: name !== "Id" && name !== "LastName",
      permissionable: true,
      picklistValues: [],
    },
    ...{ polymorphicForeignKey: false, precision: 0, queryByDistance: false, referenceTargetField: null },
    ...{ referenceTo: relationshipName ? [relationshipName] : [], relationshipName, relationshipOrder: null },
    ...{ restrictedDelete: false, restrictedPicklist: false, scale: 0, searchPrefilterable: false },
    ...{
      soapType: type === "id" ? "tns:ID" : `xsd:${type === "boolean" ? "boolean" : "string"}`,
      sortable: true,
      type,
    },
    ...{ unique: false, updateable: name !== "Id", writeRequiresMasterRead: false },
  };
}
