import { type RecordData } from "~/features/contacts/compute-contact";
import { type ContactValues } from "~/features/contacts/contact";
import { limits, MOST_TAGS_OF_A_ROW } from "~/features/contacts/contact-limits";
import { emailFields, phoneFields } from "~/features/contacts/subject/contact-subject-fields";
import {
  hasCourtesy,
  isCompanyOnly,
  kindOf,
  kindWord,
  namesOf,
  unknownKind,
} from "~/features/contacts/subject/contact-subject-names";
import {
  addressesOf,
  countryOf,
  isCountryField,
  streetOf,
} from "~/features/contacts/subject/contact-subject-addresses";
import { dayOf, dayPlaceOf, daysOf, unreadableDays } from "~/features/contacts/subject/contact-subject-days";
import { VALUES_APART } from "~/features/contacts/subject/contact-subject-labels";
import {
  hasPoint,
  type PointKind,
  pointKinds,
  pointsOf,
  unreadablePoints,
} from "~/features/contacts/subject/contact-subject-points";
import { clearedFields, clearedNames, readClears, unclearable } from "~/features/contacts/subject/clear-cells";
import { noContactOf, unreadableConsent } from "~/features/contacts/subject/contact-subject-consent";
import { ID_FIELD, idOf, unreadableId } from "~/features/contacts/subject/contact-subject-id";
import { notesOf, put, refuse, textOf } from "~/features/contacts/subject/contact-subject-text";
import { unreadableWords, wordReader, wordsOf } from "~/features/contacts/subject/contact-subject-words";
import { COURTESY } from "~/features/contacts/subject/remark-names";
import { countryCode } from "~/features/contacts/values/country-name";
import { oneLine } from "~/features/contacts/values/typed-text";
import {
  type MappedCell,
  type MappedRow,
  type ReaderSettings,
  type Refusal,
  type RowReader,
} from "~/features/pipeline/subject";

/** One row of a contact list in its canonical form. */
export interface CanonicalContact {
  /** What the row says; what it does not say is absent. */
  data: RecordData;
  /** What is said of the contact only if this row is the first to tell of it. */
  ifNew: Partial<ContactValues>;
  /** Who looks after them, by name or email, where the row says so. */
  owner?: string;
  /** The contact that it says it is; absent where it does not. */
  contactId?: string;
  /** Names of what is to be told of it; absent where that is nothing. */
  remarks?: readonly string[];
}

/** Reads the rows of one file of contacts. */
export function contactReader(settings: ReaderSettings): RowReader<CanonicalContact> {
  const { phoneCountry } = settings;
  const place = dayPlaceOf(settings);
  const words = wordReader(place.locale);
  const { emails, phones } = pointKinds(settings.mapping);
  return {
    validate(mapped) {
      const clears = readClears(mapped);
      const { row } = clears;
      const country = countryOf(row, phoneCountry);
      const refusals = [
        ...tooLong(row),
        ...unreadablePoints(row, emails, country),
        ...unreadablePoints(row, phones, country),
        ...unreadableDays(row, place),
        ...unreadableWords(row, words),
        ...unknownKind(row),
        ...unreadableConsent(row),
        ...unreadableId(row),
        ...unclearable(clears),
      ];
      if (refusals.length > 0 || isKnown(row, emails, phones)) return refusals;
      return [clears.cleared.size > 0 ? nothingLeft : nothingKnown];
    },
    normalise(mapped) {
      const clears = readClears(mapped);
      const { row } = clears;
      const country = countryOf(row, phoneCountry);
      const data: RecordData = { ...kindOf(row), ...clearedNames(clears, namesOf(row, country)) };
      put(data, "jobTitle", textOf(row, "jobTitle"));
      const { birthday, diedOn } = daysOf(row, place);
      put(data, "birthday", birthday);
      put(data, "diedOn", diedOn);
      const { language, timeZone } = wordsOf(row, words);
      put(data, "language", language);
      put(data, "timeZone", timeZone);
      put(data, "notes", notesOf(row));
      put(data, "emails", pointsOf(row, emails, country));
      put(data, "phones", pointsOf(row, phones, country));
      if (isNamedByPoint(data)) delete data.typedName;
      put(data, "addresses", addressesOf(row));
      put(data, "tags", tagsOf(row));
      const [cleared, noContact, contactId] = [clearedFields(clears, data), noContactOf(row), idOf(row)];
      if (cleared.length > 0) data.cleared = cleared;
      if (noContact.length > 0) data.noContact = noContact;
      const ifNew: Partial<ContactValues> = data.kind === undefined && isCompanyOnly(data) ? { kind: "business" } : {};
      const owner = textOf(row, "owner");
      return {
        ...{ data, ifNew, ...(owner ? { owner } : {}), ...(contactId === null ? {} : { contactId }) },
        ...(hasCourtesy(row) ? { remarks: [COURTESY] } : {}),
      };
    },
    core: ({ data, ifNew }) => ({ data, ifNew }),
    dateOf: (row, field) => dayOf(row, field, place),
    sameAs: (field, text) => (isCountryField(field) ? countryCode(text) : field === "kind" ? kindWord(text) : text),
  };
}

const nothingKnown: Refusal = {
  column: null,
  value: null,
  reason: "There is no name, company, email or phone: nothing to know this contact by.",
  rule: "nothing-known",
};

const nothingLeft: Refusal = {
  column: null,
  value: null,
  reason: "With what is cleared here there is nothing to know this contact by: keep a name, company, email or phone.",
  rule: "nothing-left",
};

/** Lists call those who have no name by their email or phone: that is no name. */
function isNamedByPoint({ typedName, emails = [], phones = [] }: Partial<ContactValues>): boolean {
  const name = typedName?.toLowerCase();
  return name !== undefined && [...emails, ...phones].some(({ value }) => value.toLowerCase() === name);
}

function isKnown(row: MappedRow, ...kinds: PointKind[]): boolean {
  const named = [ID_FIELD, "name", "listName", "wholeName", "givenName", "familyName", "company"].some(
    (field) => textOf(row, field) !== null,
  );
  return named || kinds.some((kind) => hasPoint(row, kind));
}

function tagsOf(row: MappedRow): string[] {
  const texts = (row.get("tags") ?? []).flatMap((cell) => tagTexts(cell.text)).map(oneLine);
  const found = new Map<string, string>();
  for (const text of texts) if (text !== "" && !found.has(text.toLowerCase())) found.set(text.toLowerCase(), text);
  return [...found.values()];
}

/** Without the groups that Google keeps for itself: "* myContacts". */
function tagTexts(text: string): string[] {
  const texts = text.split(text.includes(":::") ? VALUES_APART : /[,;|\n]/);
  return texts.filter((tag) => !tag.trim().startsWith("* "));
}

/** Cut where they are too long: no row is refused for the name of a number. */
const labelFields = ["emailLabel", "phoneLabel", "emailNote", "phoneNote"];

/** Emails and phones have limits of their own, each by itself. */
const limitedElsewhere: ReadonlySet<string> = new Set([
  ...emailFields,
  ...phoneFields,
  ...labelFields,
  "tags",
  "notes",
]);

function tooLong(row: MappedRow): Refusal[] {
  const refusals: Refusal[] = [];
  for (const [field, cells] of row) {
    if (limitedElsewhere.has(field)) continue;
    for (const cell of cells) if (cell.text.length > limits.name) refusals.push(longer(cell, limits.name));
  }
  return [...(refusals.length > 0 ? refusals : tooLongTogether(row)), ...tooManyTags(row)];
}

/** What is put together from several columns. */
function tooLongTogether(row: MappedRow): Refusal[] {
  const [street, notes] = [row.get("street2")?.[0], row.get("notes")?.[0]];
  const isOver = (text: string | null, limit: number) => text !== null && text.length > limit;
  const refusals: Refusal[] = [];
  if (street && isOver(streetOf(row), limits.address)) {
    refusals.push(longer(street, limits.address, "Together with the first line this"));
  }
  if (notes && isOver(notesOf(row), limits.notes)) refusals.push(longer(notes, limits.notes, "The notes"));
  return refusals;
}

function tooManyTags(row: MappedRow): Refusal[] {
  const cell = row.get("tags")?.[0];
  if (!cell) return [];
  const tags = tagsOf(row);
  if (tags.length > MOST_TAGS_OF_A_ROW) {
    return [refuse(cell, `The row has more than ${MOST_TAGS_OF_A_ROW} tags.`, "too-many")];
  }
  return tags.some((tag) => tag.length > limits.tag) ? [longer(cell, limits.tag, "A tag here")] : [];
}

function longer(cell: MappedCell, limit: number, what = "This"): Refusal {
  return refuse(cell, `${what} is longer than ${limit} characters. Shorten it.`, "too-long");
}
