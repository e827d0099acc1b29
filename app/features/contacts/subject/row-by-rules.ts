import { partedClear, type RecordData } from "~/features/contacts/compute-contact";
import { type ContactField, type ContactValues, fieldsIn, keysOf, valuesOf } from "~/features/contacts/contact";
import { fieldRule, type WritingRules } from "~/features/pipeline/subject-rules";

/**
 * What is written of a row where its contact is there already. Judged by what the contact said before the run, so that
 * all rows of a run are judged alike, in whatever order they stand.
 */
export function rowByRules(data: RecordData, before: ContactValues, rules: WritingRules): RecordData {
  const cleared = Object.fromEntries((data.cleared ?? []).map((name) => [name, null]));
  return fieldsIn(data, cleared).reduce<RecordData>(
    (left, field) => {
      const rule = fieldRule(rules, field);
      if (rule === "overwrite") return left;
      return rule === "empty" && isEmpty(field, before) ? withoutClears(left, field) : without(left, field);
    },
    wholeName(data, before),
  );
}

/** A contact always has a kind. */
function isEmpty(field: ContactField, values: ContactValues): boolean {
  return (
    field !== "kind" &&
    keysOf(field).every((key) => {
      const value = values[key] ?? null;
      return value === null || (Array.isArray(value) && value.length === 0);
    })
  );
}

function without(data: RecordData, field: ContactField): RecordData {
  const keys: readonly string[] = keysOf(field);
  const left = Object.fromEntries(Object.entries(data).filter(([key]) => !keys.includes(key))) as RecordData;
  return withoutClears(left, field);
}

function withoutClears({ cleared = [], ...data }: RecordData, field: ContactField): RecordData {
  const left = cleared.filter((name) => name !== field && !name.startsWith(`${field}:`));
  return left.length > 0 ? { ...data, cleared: left } : data;
}

const parts = ["givenName", "familyName"] as const;

/**
 * The parts of a name stand or fall together, and a row may say one of them only: the other stays as it was. A name that
 * stays the same also keeps what was typed: "Dr Ann Smith". Nothing left of it: it is cleared.
 */
function wholeName(data: RecordData, before: ContactValues): RecordData {
  // A full name says it all.
  if (data.typedName || !valuesOf.name.some((key) => key in data)) return data;
  const { givenName, familyName } = { ...before, ...picked(data, parts) };
  const isAsBefore = givenName === before.givenName && familyName === before.familyName;
  const typedName = isAsBefore && !("typedName" in data) ? before.typedName : null;
  const name = Object.entries({ typedName, givenName, familyName }).filter(([, text]) => text !== null);
  const left = without(data, "name");
  if (name.length > 0) return { ...left, ...Object.fromEntries(name) };
  return { ...left, cleared: [...(left.cleared ?? []), "name"].sort() };
}

function picked<Key extends keyof ContactValues>(data: RecordData, keys: readonly Key[]): Partial<ContactValues> {
  return Object.fromEntries(keys.flatMap((key) => (key in data ? [[key, data[key]]] : []))) as Partial<ContactValues>;
}

/**
 * Whether a record says something of all the fields that another does, be it that they are empty. By different rules equal
 * rows may differ in it.
 */
export function saysAllFieldsOf(record: RecordData, other: RecordData): boolean {
  const said = new Set(toldFields(record));
  return toldFields(other).every((field) => said.has(field));
}

function toldFields({ cleared = [], noContact = [], ...data }: RecordData): string[] {
  const names: ReadonlySet<string> = new Set(valuesOf.name);
  const keys = Object.keys(data).map((key) => (names.has(key) ? "name" : key));
  return [...keys, ...cleared.map((name) => partedClear(name)[0]), ...noContact];
}
