import { type ContactValues } from "~/features/contacts/contact";
import { emailFields, phoneFields } from "~/features/contacts/contact-subject-fields";
import { isCompanyOnly, kindOf, namesOf, unknownKind } from "~/features/contacts/contact-subject-names";
import {
  addressesOf,
  countryOf,
  hasPoint,
  type PointKind,
  pointKinds,
  pointsOf,
  unreadablePoints,
} from "~/features/contacts/contact-subject-points";
import { notesOf, put, refuse, textOf } from "~/features/contacts/contact-subject-text";
import { oneLine } from "~/features/contacts/typed-text";
import { type MappedCell, type MappedRow, type Refusal, type RowReader } from "~/features/pipeline/subject";

/** One row of a contact list in its canonical form. */
export interface CanonicalContact {
  /** What the row says; what it does not say is absent. */
  data: Partial<ContactValues>;
  /** What is said of the contact only if this row is the first to tell of it. */
  ifNew: Partial<ContactValues>;
}

const MAX_TEXT = 200;
const MAX_NOTES = 20_000;
const MAX_TAG = 60;

/** Reads the rows of one file of contacts. */
export function contactReader({ phoneCountry }: { phoneCountry: string }): RowReader<CanonicalContact> {
  const { emails, phones } = pointKinds();
  return {
    validate(row) {
      const country = countryOf(row, phoneCountry);
      const refusals = [
        ...tooLong(row),
        ...unreadablePoints(row, emails, country),
        ...unreadablePoints(row, phones, country),
        ...unknownKind(row),
      ];
      return refusals.length > 0 || isKnown(row, emails, phones) ? refusals : [nothingKnown];
    },
    normalise(row) {
      const country = countryOf(row, phoneCountry);
      const data: Partial<ContactValues> = { ...kindOf(row), ...namesOf(row) };
      put(data, "jobTitle", textOf(row, "jobTitle"));
      put(data, "notes", notesOf(row));
      put(data, "emails", pointsOf(row, emails, country));
      put(data, "phones", pointsOf(row, phones, country));
      put(data, "addresses", addressesOf(row));
      put(data, "tags", tagsOf(row));
      return { data, ifNew: data.kind === undefined && isCompanyOnly(data) ? { kind: "business" } : {} };
    },
  };
}

const nothingKnown: Refusal = {
  column: null,
  value: null,
  reason: "There is no name, company, email or phone: nothing to know this contact by.",
  rule: "nothing-known",
};

function isKnown(row: MappedRow, ...kinds: PointKind[]): boolean {
  const named = ["name", "givenName", "familyName", "company"].some((field) => textOf(row, field) !== null);
  return named || kinds.some((kind) => hasPoint(row, kind));
}

function tagsOf(row: MappedRow): string[] {
  const texts = (row.get("tags") ?? []).flatMap((cell) => cell.text.split(/[,;|\n]/)).map(oneLine);
  const found = new Map<string, string>();
  for (const text of texts) if (text !== "" && !found.has(text.toLowerCase())) found.set(text.toLowerCase(), text);
  return [...found.values()];
}

/** Emails and phones have limits of their own, each by itself. */
const limitedElsewhere: ReadonlySet<string> = new Set([...emailFields, ...phoneFields, "tags"]);

function tooLong(row: MappedRow): Refusal[] {
  const refusals: Refusal[] = [];
  for (const [field, cells] of row) {
    if (limitedElsewhere.has(field)) continue;
    const limit = field === "notes" ? MAX_NOTES : MAX_TEXT;
    for (const cell of cells) if (cell.text.length > limit) refusals.push(longer(cell, limit));
  }
  const tags = row.get("tags")?.[0];
  if (tags && tagsOf(row).some((tag) => tag.length > MAX_TAG)) refusals.push(longer(tags, MAX_TAG, "A tag here"));
  return refusals;
}

function longer(cell: MappedCell, limit: number, what = "This"): Refusal {
  return refuse(cell, `${what} is longer than ${limit.toLocaleString("en-GB")} characters. Shorten it.`, "too-long");
}
