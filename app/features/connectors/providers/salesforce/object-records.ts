/** Rows of Salesforce as records, and what they were merged into. */
import { type Json, type JsonObject, type Link, type SourceRecord } from "~/features/connectors/connector";
import { isObject } from "~/features/connectors/reading/answers";
import { ACCOUNT, IS_PERSON, type Kind } from "~/features/connectors/providers/salesforce/kinds";
import { type Row } from "~/features/connectors/providers/salesforce/salesforce-api";

/** Read of every record, whatever was chosen. */
export function bookkeepingOf({ type }: Kind): string[] {
  return ["Id", "SystemModstamp", ...(type === "Lead" ? ["IsConverted", "ConvertedContactId"] : [])];
}

export function recordOf(row: Row, kind: Kind, fields: readonly string[]): SourceRecord {
  if (row.IsConverted === true) return convertedRecord(row);
  // They are read as contacts: a business that is a person would be there twice.
  if (kind.type === "Account" && row[IS_PERSON] === true) return { id: row.Id, gone: "deleted" };
  return { id: row.Id, payload: payloadOf(row, fields), changedAt: instantOf(row.SystemModstamp) };
}

/** A lead that was converted goes on as a contact. */
export function convertedRecord({ Id: id, ConvertedContactId: contact }: Row): SourceRecord {
  if (typeof contact !== "string") return { id, gone: "deleted" };
  return { id, gone: "merged", into: contact, intoStream: "contacts" };
}

export function goneRecord(id: string, masterId: unknown): SourceRecord {
  return typeof masterId === "string" ? { id, gone: "merged", into: masterId } : { id, gone: "deleted" };
}

/** What was chosen, as far as it says something. */
function payloadOf(row: Row, fields: readonly string[]): JsonObject {
  const payload: Record<string, Json> = {};
  for (const field of [...fields].sort()) {
    const value = valueAt(row, field);
    if (value !== null && value !== "") payload[field] = value;
  }
  return payload;
}

/** "Account.Name" is the name of the account in the row; whoever belongs to none has no account there. */
function valueAt(row: Row, field: string): Json {
  const [name = "", ...rest] = field.split(".");
  let value = (row[name] ?? null) as Json;
  for (const part of rest) value = isObject(value) ? (value[part] ?? null) : null;
  return value;
}

/** "2021-12-02T18:22:42.000+0000", which is no ISO 8601: its offset lacks the colon. */
export function instantOf(text: unknown): string | null {
  if (typeof text !== "string") return null;
  const time = Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, "$1:$2"));
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

export function linksOf(payload: JsonObject): Link[] {
  const account = payload[ACCOUNT];
  return typeof account === "string" ? [{ type: "works-for", streamId: "accounts", id: account }] : [];
}
