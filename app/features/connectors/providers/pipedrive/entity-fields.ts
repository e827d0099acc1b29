/** What can be chosen of people and organisations: Pipedrive's own fields, and those that the account made up. */
import {
  type Connection,
  type Json,
  type JsonObject,
  type SourceColumn,
  type SourceField,
} from "~/features/connectors/connector";
import { isObject } from "~/features/connectors/reading/answers";
import { listPage, PAGE_SIZE } from "~/features/connectors/providers/pipedrive/pipedrive-api";

/** Which organisation somebody belongs to. */
export const ORGANISATION = "org_id";

const CUSTOM = "custom_fields.";

const isCustom = (id: string) => id.startsWith(CUSTOM);

/** As Pipedrive calls them. */
export function customIn(fields: readonly string[]): string[] {
  return fields.filter(isCustom).map((id) => id.slice(CUSTOM.length));
}

export const customId = (code: string): string => CUSTOM + code;

const WHO = "Who they are";
const REACH = "How to reach them";
const MORE = "Only where contacts are kept in step with Google or Microsoft";

function column(id: string, label: string, goesTo?: string): SourceColumn {
  return { id, label, ...(goesTo === undefined ? {} : { goesTo }) };
}

function addressColumns(id: string): SourceColumn[] {
  return [
    column(`${id}.street`, "Address: street", "street"),
    column(`${id}.city`, "Address: town", "city"),
    column(`${id}.region`, "Address: region", "region"),
    column(`${id}.postalCode`, "Address: postcode", "postalCode"),
    column(`${id}.country`, "Address: country", "country"),
  ];
}

const person: readonly SourceField[] = [
  {
    ...{ id: "name", label: "Name", group: WHO, usual: true, always: true },
    columns: [column("first_name", "First name", "givenName"), column("last_name", "Last name", "familyName")],
  },
  { id: ORGANISATION, label: "Organisation that they belong to", group: WHO, usual: true, columns: [] },
  {
    ...{ id: "emails", label: "Emails", group: REACH, usual: true, always: true },
    columns: [column("emails", "Email", "email"), column("emails.work", "Email, work", "workEmail")],
  },
  {
    ...{ id: "phones", label: "Phones", group: REACH, usual: true },
    columns: [
      ...[column("phones", "Phone", "phone"), column("phones.work", "Phone, work", "workPhone")],
      column("phones.mobile", "Phone, mobile", "mobile"),
    ],
  },
  {
    id: "job_title",
    label: "Job title",
    group: MORE,
    usual: true,
    columns: [column("job_title", "Job title", "jobTitle")],
  },
  {
    id: "birthday",
    label: "Birthday",
    group: MORE,
    usual: true,
    columns: [column("birthday", "Birthday", "birthday")],
  },
  { id: "postal_address", label: "Address", group: MORE, usual: true, columns: addressColumns("postal_address") },
  { id: "notes", label: "Notes", group: MORE, usual: false, columns: [column("notes", "Notes", "notes")] },
];

const organisation: readonly SourceField[] = [
  {
    ...{ id: "name", label: "Name", group: WHO, usual: true, always: true },
    columns: [column("name", "Name", "company")],
  },
  { id: "address", label: "Address", group: REACH, usual: true, columns: addressColumns("address") },
];

export async function fieldsOf(connection: Connection, streamId: string): Promise<SourceField[]> {
  const own = (await definitions(connection, streamId)).flatMap((definition): SourceField[] => {
    const { field_code: code, field_name: name, is_custom_field: isOwn } = definition;
    if (isOwn !== true || typeof code !== "string") return [];
    const label = typeof name === "string" && name !== "" ? name : code;
    const id = customId(code);
    return [{ id, label, group: "Fields of your own", usual: false, columns: [column(id, label)] }];
  });
  return [...(streamId === "organizations" ? organisation : person), ...own];
}

/** What options of choices are called, by field and option. */
export type Options = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Records say options by their numbers: what is kept has to say it in words. */
export async function optionsOf(connection: Connection, streamId: string, fields: readonly string[]): Promise<Options> {
  if (!fields.some(isCustom)) return new Map();
  const found = await definitions(connection, streamId);
  return new Map(found.map(({ field_code: code, options }) => [String(code), labelsIn(options)]));
}

function labelsIn(options: Json | undefined): ReadonlyMap<string, string> {
  const list = Array.isArray(options) ? (options as readonly Json[]).filter(isObject) : [];
  return new Map(list.map(({ id, label }) => [String(id), String(label)]));
}

async function definitions(connection: Connection, streamId: string): Promise<JsonObject[]> {
  const what = streamId === "organizations" ? "organizationFields" : "personFields";
  const all: JsonObject[] = [];
  const seen = new Set<string>();
  for (let cursor: string | null = null; ;) {
    const query: Record<string, string> = { limit: String(PAGE_SIZE), ...(cursor === null ? {} : { cursor }) };
    const page = await listPage(connection, what, query);
    all.push(...page.entries);
    if (page.next === null || seen.has(page.next)) return all;
    seen.add(page.next);
    cursor = page.next;
  }
}
