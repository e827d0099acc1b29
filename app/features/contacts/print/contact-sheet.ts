import { addressText, homeOf } from "~/features/contacts/values/address-text";
import { birthdayFact, diedFact } from "~/features/contacts/values/birthday";
import { channelVerbs, markText, openMarks } from "~/features/contacts/consent/consent";
import { kindNames } from "~/features/contacts/contact";
import { type ContactDetail } from "~/features/contacts/detail/find-contact.server";
import { type LetterAddress } from "~/features/contacts/relationships/letter-address";
import { languageName } from "~/features/contacts/values/language";
import { phoneText } from "~/features/contacts/values/phone-display";
import { timeZoneText } from "~/features/contacts/values/time-zone";
import { dateIn, formatDate, formatInstant, type Place } from "~/platform/time";

/** Everything that is known of a contact, on one sheet to print: the same facts for the page and for the PDF. */
export interface ContactSheet {
  name: string;
  /** "Managing Director, Brandt Holzbau GmbH" */
  line: string;
  /** What whoever takes the sheet into their hand has to know first. */
  warnings: string[];
  sections: { title: string; facts: SheetFact[] }[];
  notes: string | null;
  /** "Printed 21 November 2026, 10:00 by Ann Okafor" */
  printed: string;
}

export interface SheetFact {
  label: string;
  /** Of one line, or of several. */
  text: string;
  /** Beside the value, in small letters: "Work · first choice · after six". */
  aside: string;
}

export interface SheetSource {
  contact: Pick<
    ContactDetail,
    "name" | "values" | "archived" | "changedAt" | "marks" | "owner" | "derivedZone" | "household"
  >;
  /** To where one writes to an estate; null: it is none. */
  letter: LetterAddress | null;
  related: readonly SheetRelation[];
  account: { locale: string; phoneCountry: string };
  place: Place;
  printedBy: string | null;
  now: string;
}

interface SheetRelation {
  words: string;
  name: string;
  archived: boolean;
  since: string | null;
  until: string | null;
  note: string | null;
}

export function contactSheet(source: SheetSource): ContactSheet {
  const { contact, place, printedBy, now } = source;
  const { jobTitle, company, notes } = contact.values;
  const sections = [
    { title: "How to reach them", facts: reachFacts(source) },
    { title: "Who it is", facts: aboutFacts(source) },
    { title: "Related", facts: source.related.map((relation) => relationFact(relation, place)) },
  ];
  return {
    name: contact.name,
    line: [jobTitle, company === contact.name ? null : company].filter(Boolean).join(", "),
    warnings: warningsOf(source),
    sections: sections.filter(({ facts }) => facts.length > 0),
    notes,
    printed: `Printed ${formatInstant(place, now)}${printedBy ? ` by ${printedBy}` : ""}`,
  };
}

function warningsOf({ contact, place }: SheetSource): string[] {
  const { values, archived, marks } = contact;
  return [
    ...(values.diedOn ? [`Died on ${diedFact(values, place.locale)}. Never a recipient.`] : []),
    ...openMarks(marks).map((mark) => `Do not ${channelVerbs[mark.channel]}: ${markText(mark, place)}`),
    ...(archived ? [`Archived ${[formatDate(place, archived.at), archived.by].filter(Boolean).join(", by ")}`] : []),
  ];
}

function reachFacts({ contact, letter, account, place }: SheetSource): SheetFact[] {
  const { emails, phones, addresses } = contact.values;
  const home = homeOf({ ...account, ...place });
  return [
    ...(letter ? [letterFact(letter)] : []),
    ...points("Email", emails, ({ value }) => value),
    ...points("Phone", phones, ({ value }) => phoneText(value, home.country)),
    ...points("Address", addresses, (address) => addressText(address, home)),
  ];
}

function letterFact(letter: LetterAddress): SheetFact {
  const label = "Letters go to";
  if (!letter.ok) return { label, text: letter.reason, aside: "" };
  const aside = letter.careOf ? `The address of ${letter.careOf.name}, who acts for it.` : "";
  return { label, text: letter.lines.join("\n"), aside };
}

function points<Point extends { label: string | null; note?: string }>(
  label: string,
  all: readonly Point[],
  text: (point: Point) => string,
): SheetFact[] {
  return all.map((point, index) => ({
    label,
    text: text(point),
    aside: joined(point.label, index === 0 && all.length > 1 ? "first choice" : null, point.note),
  }));
}

function aboutFacts({ contact, place, now }: SheetSource): SheetFact[] {
  const { values, derivedZone, owner, household } = contact;
  const today = dateIn(place.timeZone, now);
  const facts: [string, string | null][] = [
    ["Kind", kindNames[values.kind]],
    ["Given name", values.givenName],
    ["Family name", values.familyName],
    ["Company", values.company],
    ["Job title", values.jobTitle],
    ["Birthday", birthdayFact(values, { locale: place.locale, today })],
    ["Died on", diedFact(values, place.locale)],
    ["Language", values.language && languageName(values.language, place.locale)],
    ["Time zone", zoneText(values.timeZone, derivedZone)],
    ["Household", household.members.map(({ name }) => name).join(", ")],
    ["Looked after by", owner && owner.name],
    ["Tags", values.tags.join(", ")],
    ["Last change", formatDate(place, contact.changedAt)],
  ];
  return facts.flatMap(([label, text]) => (text ? [{ label, text, aside: "" }] : []));
}

function zoneText(zone: string | null, derived: ContactDetail["derivedZone"]): string | null {
  if (zone) return timeZoneText(zone);
  return derived && `${timeZoneText(derived.zone)}, derived from the ${derived.from}`;
}

function relationFact({ words, name, archived, since, until, note }: SheetRelation, place: Place): SheetFact {
  const time = joinedTime(since && formatDate(place, since), until && formatDate(place, until));
  return { label: capital(words), text: name, aside: joined(time, archived ? "archived" : null, note) };
}

function joinedTime(since: string | null, until: string | null): string | null {
  if (since && until) return `${since} to ${until}`;
  return since ? `since ${since}` : until && `until ${until}`;
}

function joined(...parts: (string | null | undefined)[]): string {
  return parts.filter(Boolean).join(" · ");
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
