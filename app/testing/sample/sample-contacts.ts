import { type ContactValues, nothingKnown } from "~/features/contacts/contact";
import { fold } from "~/platform/fold.server";
import * as words from "~/testing/sample/words";

/** How one sample contact stands to another one, by their places in the list. */
export interface SampleRelationship {
  from: number;
  to: number;
  type: string;
}

export interface Sample {
  contacts: ContactValues[];
  relationships: SampleRelationship[];
}

/** A small, fast generator of even numbers in [0, 1): the same seed gives the same sample (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What a firm's contacts look like: of seven, five are people (most with a company), one is a company, some are estates. */
export function sampleContacts(count: number, seed = 1): Sample {
  const dice = diceFrom(randomFrom(seed));
  const sample: Sample = { contacts: [], relationships: [] };
  const last: Last = { business: null, person: null };
  for (let place = 0; place < count; place++) add(sample, place, dice, last);
  return sample;
}

/** The places of the newest company and person, for others to be related to. */
interface Last {
  business: number | null;
  person: number | null;
}

function add({ contacts, relationships }: Sample, place: number, dice: Dice, last: Last): void {
  const relate = (from: number | null, to: number, ...types: string[]) => {
    if (from !== null) relationships.push({ from, to, type: dice.pick(types) });
  };
  if (place % 7 === 0) {
    contacts.push(business(place, dice));
    relate(last.person, place, "owns", "manages");
    last.business = place;
  } else if (place % 41 === 20) {
    contacts.push(estate(place, dice));
    relate(last.person, place, "executor-of", "attorney-for", "heir-of");
  } else {
    const employer = dice.chance(0.6) ? last.business : null;
    contacts.push(person(place, dice, employer === null ? null : (contacts[employer]?.company ?? null)));
    if (employer !== null) relate(place, employer, "works-for");
    else if (dice.chance(0.15)) relate(last.person, place, "married-to", "related-to");
    last.person = place;
  }
}

/** Chance, as the sample needs it. */
interface Dice {
  chance(share: number): boolean;
  upTo(count: number): number;
  pick<Item>(items: readonly Item[]): Item;
}

function diceFrom(random: () => number): Dice {
  const upTo = (count: number) => Math.floor(random() * count);
  return { chance: (share) => random() < share, upTo, pick: (items) => items[upTo(items.length)] as never };
}

type Name = (typeof words.unusualPeople)[number];

function name(place: number, dice: Dice): Name {
  const unusual = place % 97 === 5 ? words.unusualPeople[Math.floor(place / 97) % words.unusualPeople.length] : null;
  return unusual ?? [dice.pick(words.givenNames), dice.pick(words.familyNames), null];
}

function person(place: number, dice: Dice, company: string | null): ContactValues {
  const [givenName, familyName, typedName] = name(place, dice);
  return {
    ...nothingKnown,
    typedName,
    givenName,
    familyName,
    company,
    jobTitle: company && dice.pick(words.jobTitles),
    birthday: birthday(place),
    language: place % 13 === 4 ? "fr" : null,
    emails: dice.chance(0.9) ? [personalEmail(place, [givenName, familyName], company, dice)] : [],
    phones: dice.chance(0.75) ? [phone(dice)] : [],
    addresses: dice.chance(0.7) ? [address(dice)] : [],
    tags: tags(dice),
    notes: dice.chance(0.25) ? dice.pick(words.remarks) : null,
  };
}

/** Of every third person one knows the birthday, of some of them without the year. */
function birthday(place: number): string | null {
  if (place % 3 !== 1) return null;
  const two = (number: number) => String(number).padStart(2, "0");
  const day = `${two(1 + ((place * 7) % 12))}-${two(1 + ((place * 11) % 28))}`;
  return place % 4 === 1 ? `--${day}` : `${1938 + ((place * 5) % 66)}-${day}`;
}

function personalEmail(place: number, names: (string | null)[], company: string | null, dice: Dice) {
  const mailbox =
    names
      .map((part) => latin(part ?? ""))
      .filter(Boolean)
      .join(".") || "contact";
  const domain = company ? `${latin(company)}.example` : dice.pick(["mail.example", "post.example", "inbox.example"]);
  return { value: `${mailbox}.${place}@${domain}`, label: company ? "work" : null };
}

function business(place: number, dice: Dice): ContactValues {
  const name = [dice.pick(words.familyNames), dice.pick(words.trades), dice.pick(words.legalForms)]
    .filter(Boolean)
    .join(" ");
  return {
    ...nothingKnown,
    kind: "business",
    company: name,
    emails: [{ value: `office.${place}@${latin(name)}.example`, label: "office" }],
    phones: [phone(dice)],
    addresses: [address(dice)],
    tags: tags(dice),
  };
}

function estate(place: number, dice: Dice): ContactValues {
  return {
    ...nothingKnown,
    kind: "estate",
    typedName: `Estate of ${dice.pick(words.givenNames)} ${dice.pick(words.familyNames)}`,
    emails: dice.chance(0.3) ? [{ value: `estate.${place}@probate.example`, label: null }] : [],
    addresses: [address(dice)],
    tags: ["probate"],
    notes: dice.pick(["Grant of probate applied for.", "House sale pending.", "Write to the executor only."]),
  };
}

function phone(dice: Dice) {
  const digits = String(dice.upTo(1_000)).padStart(3, "0");
  const mobile = dice.chance(0.4);
  const national = mobile ? `07700 900${digits}` : `${dice.pick(words.ukPlaces)[2]}${digits}`;
  return { value: `+44${national.replace(/\s/g, "").slice(1)}`, label: mobile ? "mobile" : null };
}

function address(dice: Dice) {
  const [city, district] = dice.pick(words.ukPlaces);
  const letters = "ABDEFGHJLNPQRSTUWXYZ";
  const unit = dice.pick([...letters]);
  return {
    label: null,
    street: `${1 + dice.upTo(140)} ${dice.pick(words.streets)}`,
    city,
    region: null,
    postalCode: `${district}${unit}${dice.pick([..."ABDEFGHJLN"])}`,
    country: "GB",
  };
}

function tags(dice: Dice): string[] {
  const count = dice.chance(0.25) ? 0 : dice.chance(0.7) ? 1 : 2;
  return [...new Set(Array.from({ length: count }, () => dice.pick(words.tagNames)))];
}

const umlauts: Record<string, string> = { ä: "ae", ö: "oe", ü: "ue" };

/** As people write their names in an address: ä as two letters, other letters without their marks. */
export function latin(text: string): string {
  const spelt = text
    .normalize("NFC")
    .toLowerCase()
    .replace(/[äöü]/g, (letter) => umlauts[letter] ?? letter)
    .replace(/[’']/g, "");
  return fold(spelt)
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
}
