import { type Beside, besideOf } from "~/features/contacts/subject/beside-points";
import { emailFields, labelOf, phoneFields } from "~/features/contacts/subject/contact-subject-fields";
import { plainLabel, VALUES_APART } from "~/features/contacts/subject/contact-subject-labels";
import { labelInName } from "~/features/contacts/subject/label-in-name";
import { refuse } from "~/features/contacts/subject/contact-subject-text";
import { oneLine } from "~/features/contacts/values/typed-text";
import { type Email } from "~/features/contacts/contact";
import { limits, MOST_POINTS_OF_A_ROW } from "~/features/contacts/contact-limits";
import { type EmailReading, readEmail } from "~/features/contacts/values/email-address";
import { type PhoneReading, readPhone } from "~/features/contacts/values/phone-number";
import { type MappedCell, type MappedRow, type Refusal } from "~/features/pipeline/subject";

/** How a row's contact is reached: emails and phones. */

/** A cell with more than that is no list of emails or phones, and nothing to look through. */
const MAX_CELL = MOST_POINTS_OF_A_ROW * limits.email;
/** Readings remembered: normalising takes what validating has read, and values repeat within a file. */
const MAX_REMEMBERED = 20_000;

type Reading = EmailReading | PhoneReading;

export interface PointKind {
  rule: "email" | "phone";
  fields: readonly string[];
  split(text: string): string[];
  read(text: string, country: string): Reading;
  /** Null: nobody has said how the columns stand. */
  beside: Beside | null;
}

/** Emails and phones as this run reads them. */
export function pointKinds(mapping?: readonly string[]): { emails: PointKind; phones: PointKind } {
  const kind = (rule: PointKind["rule"], fields: readonly string[]) => ({
    rule,
    fields,
    beside: besideOf(rule, fields, mapping),
  });
  return {
    emails: { ...kind("email", emailFields), split: splitEmails, read: remembering((text) => readEmail(text)) },
    phones: { ...kind("phone", phoneFields), split: splitPhones, read: remembering(readPhone) },
  };
}

function remembering(read: (text: string, country: string) => Reading): PointKind["read"] {
  const known = new Map<string, Reading>();
  return (text, country) => {
    const key = `${country} ${text}`;
    const found = known.get(key);
    if (found) return found;
    if (known.size >= MAX_REMEMBERED) known.clear();
    const reading = read(text, country);
    known.set(key, reading);
    return reading;
  };
}

/** "Folasade Adebayo <f@adebayo.example>, …": a comma or semicolon within angle brackets parts nothing. */
function splitEmails(text: string): string[] {
  if (!text.includes("<")) return text.split(/[;,|\n]/);
  const parts: string[] = [];
  let end = text.length;
  // From the end, so that whether a bracket is open is known without looking ahead.
  for (let place = end - 1, within = false; place >= 0; place--) {
    const character = text[place];
    if (character === ">" || character === "<") within = character === ">";
    else if (!within && (character === ";" || character === ",")) {
      parts.push(text.slice(place + 1, end));
      end = place;
    }
  }
  return [...parts, text.slice(0, end)].reverse();
}

function splitPhones(text: string): string[] {
  return text.split(/[;,|\n]| \/ /);
}

/** Each once, with the label of the column it stood in. */
export function pointsOf(row: MappedRow, kind: PointKind, country: string): Email[] {
  const found = new Map<string, Email>();
  for (const [field, text, cell] of parts(row, kind)) {
    const reading = kind.read(text, country);
    const key = reading.ok ? reading.value.toLowerCase() : "";
    if (!reading.ok || found.has(key)) continue;
    const note = noteBeside(row, kind, cell);
    const label = labelBeside(row, kind, cell) ?? labelOf[field] ?? labelInName(cell.column, kind.rule);
    found.set(key, { value: reading.value, label, ...(note ? { note } : {}) });
  }
  return [...found.values()];
}

/** What the column beside the value's says that it is called. */
function labelBeside(row: MappedRow, { rule, beside }: PointKind, { index }: MappedCell): string | null {
  const place = beside ? beside.label.get(index) : index - 1;
  const cell = row.get(`${rule}Label`)?.find((label) => label.index === place);
  return cell ? plainLabel(cell.text) : null;
}

function noteBeside(row: MappedRow, { rule, beside }: PointKind, { index }: MappedCell): string | null {
  const place = beside?.note.get(index);
  const cell = row.get(`${rule}Note`)?.find((note) => note.index === place);
  return cell ? oneLine(cell.text).slice(0, limits.note) : null;
}

/** What cannot be read, and a row with more than anybody has. */
export function unreadablePoints(row: MappedRow, kind: PointKind, country: string): Refusal[] {
  const refusals: Refusal[] = [];
  let count = 0;
  const long = kind.fields.flatMap((field) => row.get(field) ?? []).find(({ text }) => text.length > MAX_CELL);
  if (long) return [refuse(long, "This is too long to be a list of these.", kind.rule)];
  for (const [, text, cell] of parts(row, kind)) {
    if (++count > MOST_POINTS_OF_A_ROW) {
      return [...refusals, refuse(cell, `The row has more than ${MOST_POINTS_OF_A_ROW} of these.`, kind.rule)];
    }
    const reading = kind.read(text, country);
    if (!reading.ok)
      refusals.push(refuse(cell, `${reading.reason} Correct it and send the row again.`, kind.rule, text));
  }
  return refusals;
}

export function hasPoint(row: MappedRow, kind: PointKind): boolean {
  return parts(row, kind).length > 0;
}

/** Every email or phone of the row, with its field and cell. */
function parts(row: MappedRow, { fields, split }: PointKind): [field: string, text: string, cell: MappedCell][] {
  const found: [field: string, text: string, cell: MappedCell][] = [];
  for (const field of fields) {
    for (const cell of row.get(field) ?? []) {
      const texts = cell.text.includes(":::") ? cell.text.split(VALUES_APART) : [cell.text];
      for (const part of texts.flatMap(split)) {
        const text = part.trim();
        if (text !== "") found.push([field, text, cell]);
      }
    }
  }
  return found;
}
