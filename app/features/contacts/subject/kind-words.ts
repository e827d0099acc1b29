import { type ContactKind } from "~/features/contacts/contact";

/** What lists call the kinds of contact, in several languages. */
const kindWords: Readonly<Record<ContactKind, string>> = {
  individual: "individual, person, people, privatperson, natural person, particulier, persona, personne, p",
  business: "business, company, organisation, organization, firma, firm, unternehmen, entreprise, empresa, azienda, b",
  estate: "estate, deceased estate, nachlass, succession, erbengemeinschaft, e",
};

export const kinds: ReadonlyMap<string, ContactKind> = new Map(
  Object.entries(kindWords).flatMap(([kind, words]) => words.split(", ").map((word) => [word, kind as ContactKind])),
);
