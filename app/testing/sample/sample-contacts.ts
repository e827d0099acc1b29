import { type ContactValues, nothingKnown } from "~/features/contacts/contact";
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
  const random = randomFrom(seed);
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)] as Item;
  const sample: Sample = { contacts: [], relationships: [] };
  let lastBusiness = -1;
  let lastPerson = -1;
  for (let place = 0; place < count; place++) {
    if (place % 7 === 0) {
      sample.contacts.push(business(place, random, pick));
      if (lastPerson >= 0) sample.relationships.push({ from: lastPerson, to: place, type: pick(["owns", "manages"]) });
      lastBusiness = place;
    } else if (place % 41 === 20 && lastPerson >= 0) {
      sample.contacts.push(estate(place, random, pick));
      sample.relationships.push({
        from: lastPerson,
        to: place,
        type: pick(["executor-of", "attorney-for", "heir-of"]),
      });
    } else {
      const employer = random() < 0.6 ? lastBusiness : -1;
      sample.contacts.push(person(place, random, pick, sample.contacts[employer]?.company ?? null));
      if (employer >= 0) sample.relationships.push({ from: place, to: employer, type: "works-for" });
      else if (lastPerson >= 0 && random() < 0.15) {
        sample.relationships.push({ from: lastPerson, to: place, type: pick(["married-to", "related-to"]) });
      }
      lastPerson = place;
    }
  }
  return sample;
}

type Random = () => number;
type Pick = <Item>(items: readonly Item[]) => Item;

function person(place: number, random: Random, pick: Pick, company: string | null): ContactValues {
  const unusual =
    place % 97 === 5 ? words.unusualPeople[Math.floor(place / 97) % words.unusualPeople.length] : undefined;
  const given = unusual ? unusual[0] : pick(words.givenNames);
  const family = unusual ? unusual[1] : pick(words.familyNames);
  const mailbox = `${latin(given ?? "")}.${latin(family ?? "")}`.replace(/^\.+|\.+$/g, "") || "contact";
  const domain = company ? `${latin(company)}.example` : pick(["mail.example", "post.example", "inbox.example"]);
  return {
    ...nothingKnown,
    typedName: unusual ? unusual[2] : null,
    givenName: given,
    familyName: family,
    company,
    jobTitle: company ? pick(words.jobTitles) : null,
    emails: random() < 0.9 ? [{ value: `${mailbox}.${place}@${domain}`, label: company ? "work" : null }] : [],
    phones: random() < 0.75 ? [phone(random, pick)] : [],
    addresses: random() < 0.7 ? [address(random, pick)] : [],
    tags: tags(random, pick),
    notes: random() < 0.25 ? pick(words.remarks) : null,
  };
}

function business(place: number, random: Random, pick: Pick): ContactValues {
  const name = [pick(words.familyNames), pick(words.trades), pick(words.legalForms)].filter(Boolean).join(" ");
  return {
    ...nothingKnown,
    kind: "business",
    company: name,
    emails: [{ value: `office.${place}@${latin(name)}.example`, label: "office" }],
    phones: [phone(random, pick)],
    addresses: [address(random, pick)],
    tags: tags(random, pick),
  };
}

function estate(place: number, random: Random, pick: Pick): ContactValues {
  return {
    ...nothingKnown,
    kind: "estate",
    typedName: `Estate of ${pick(words.givenNames)} ${pick(words.familyNames)}`,
    emails: random() < 0.3 ? [{ value: `estate.${place}@probate.example`, label: null }] : [],
    addresses: [address(random, pick)],
    tags: ["probate"],
    notes: pick(["Grant of probate applied for.", "House sale pending.", "Write to the executor only."]),
  };
}

function phone(random: Random, pick: Pick) {
  const digits = String(Math.floor(random() * 1_000)).padStart(3, "0");
  const mobile = random() < 0.4;
  const national = mobile ? `07700 900${digits}` : `${pick(words.ukPlaces)[2]}${digits}`;
  return { value: `+44${national.replace(/\s/g, "").slice(1)}`, label: mobile ? "mobile" : null };
}

function address(random: Random, pick: Pick) {
  const [city, district] = pick(words.ukPlaces);
  const letters = "ABDEFGHJLNPQRSTUWXYZ";
  const unit = letters[Math.floor(random() * letters.length)] ?? "A";
  return {
    label: null,
    street: `${1 + Math.floor(random() * 140)} ${pick(words.streets)}`,
    city,
    region: null,
    postalCode: `${district}${unit}${pick([..."ABDEFGHJLN"])}`,
    country: "GB",
  };
}

function tags(random: Random, pick: Pick): string[] {
  const count = random() < 0.25 ? 0 : random() < 0.7 ? 1 : 2;
  return [...new Set(Array.from({ length: count }, () => pick(words.tagNames)))];
}

function latin(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/ł/g, "l")
    .replace(/ø/g, "o")
    .replace(/ß/g, "ss")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
}
