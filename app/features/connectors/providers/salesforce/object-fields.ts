/** The fields of an object in Salesforce as fields to choose from. */
import { type Field } from "jsforce/lib/types";
import { type SourceField } from "~/features/connectors/connector";
import { ACCOUNT, ACCOUNT_NAME, IS_PERSON, type Kind } from "~/features/connectors/providers/salesforce/kinds";
import { type SalesforceApi } from "~/features/connectors/providers/salesforce/salesforce-api";

/** Compound ones repeat what their parts say; what is a file is no text. */
const unreadTypes: ReadonlySet<string> = new Set(["address", "location", "base64", "complexvalue"]);

/** Salesforce's own bookkeeping: how records are told apart, and who looked at them last. */
const bookkeeping: ReadonlySet<string> = new Set([
  ...["Id", "IsDeleted", "MasterRecordId", "SystemModstamp", "LastViewedDate", "LastReferencedDate", "PhotoUrl"],
  ...["IsConverted", "ConvertedContactId", "IsUnreadByOwner", "Jigsaw"],
]);

export async function fieldsOf(api: SalesforceApi, kind: Kind): Promise<SourceField[]> {
  const { fields, label } = await api.describe(kind.type);
  const compounds = new Set(fields.flatMap(({ name, compoundFieldName: whole }) => (whole === name ? [] : [whole])));
  const labels = new Map(fields.map((field) => [field.name, field.label]));
  return fields
    .filter((field) => kind.always.includes(field.name) || isOffered(field, compounds))
    .flatMap((field) => {
      const group = groupOf(field, labels) ?? label;
      return field.name === ACCOUNT && kind.type === "Contact"
        ? [accountField, accountNameField]
        : [toField(field, kind, group)];
    });
}

function isOffered({ name, type, deprecatedAndHidden }: Field, compounds: ReadonlySet<string | null | undefined>) {
  return !deprecatedAndHidden && !unreadTypes.has(type) && !compounds.has(name) && !bookkeeping.has(name);
}

/** Null: the object's own. */
function groupOf({ name, custom, compoundFieldName }: Field, labels: ReadonlyMap<string, string>): string | null {
  if (custom) return "Fields of the firm";
  if (/^(?:Created|LastModified|LastActivity|Owner)/.test(name)) return "About the record";
  const isPart = compoundFieldName != null && compoundFieldName !== "Name";
  return isPart ? (labels.get(compoundFieldName) ?? compoundFieldName) : null;
}

function toField({ name, label }: Field, { goesTo, noted, always }: Kind, group: string): SourceField {
  const field = goesTo[name] ?? (name in noted ? "notes" : undefined);
  return {
    ...{ id: name, label: label || name, group, usual: name in goesTo },
    ...(always.includes(name) || name === IS_PERSON ? { always: true } : {}),
    columns: [{ id: name, label: label || name, ...(field === undefined ? {} : { goesTo: field }) }],
  };
}

const accounts = { group: "Accounts", usual: true };

const accountField: SourceField = { id: ACCOUNT, label: "Account that they belong to", ...accounts, columns: [] };

const accountNameField: SourceField = {
  ...{ id: ACCOUNT_NAME, label: "Name of that account", ...accounts },
  columns: [{ id: ACCOUNT_NAME, label: "Account name", goesTo: "company" }],
};
