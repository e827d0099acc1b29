/** To where a letter goes: for an estate in care of its executor, else its attorney. Pure. */
import { type Home } from "~/features/contacts/values/address-text";
import { type Address, type ContactKind } from "~/features/contacts/contact";
import { addressBlock } from "~/features/contacts/print/address-block";

/** Whoever a letter may go to. */
export interface LetterParty {
  id: string;
  name: string;
  kind: ContactKind;
  /** The first one is where they are written to. */
  addresses: readonly Address[];
  diedOn: string | null;
  archived: boolean;
  deleted: boolean;
  /** Marked: no letters. */
  noLetters: boolean;
}

/** Who acts for somebody, from when to when (plain dates, both included; null: not known, still so). */
export interface Carer {
  role: "executor" | "attorney";
  since: string | null;
  until: string | null;
  party: LetterParty;
}

export type LetterAddress =
  | { ok: true; lines: string[]; address: Address; careOf: { id: string; name: string } | null }
  /** In a sentence. */
  | { ok: false; reason: string };

export interface LetterPlace {
  home: Home;
  /** Plain date. */
  today: string;
}

/**
 * The lines of the envelope, or why there is none. An estate has its own address first, where it has one; then that of
 * its executor, then its attorney's: of those who act today, the longest in office first. Who has died, is archived,
 * wants no letters or has no address is passed over; an executor that is an estate itself hands on to its own.
 * @param carers of whoever may come up, by contact id
 */
export function letterAddress(
  contact: LetterParty,
  carers: ReadonlyMap<string, readonly Carer[]>,
  { home, today }: LetterPlace,
): LetterAddress {
  const closed = closedTo(contact);
  if (closed) return { ok: false, reason: `${contact.name} ${closed}.` };
  const [own] = contact.addresses;
  if (own) {
    const lines = addressBlock({ names: [contact.name], address: own }, home);
    return { ok: true, lines, address: own, careOf: null };
  }
  if (contact.kind !== "estate") return { ok: false, reason: "No address is known." };

  const passedOver: string[] = [];
  const found = careOf(contact, { carers, today, passedOver, visited: new Set([contact.id]) });
  if (!found) return { ok: false, reason: refusal(passedOver) };
  const { id, name, addresses } = found;
  const [address] = addresses;
  if (!address) return { ok: false, reason: refusal(passedOver) };
  const lines = addressBlock({ names: [contact.name], careOf: name, address }, home);
  return { ok: true, lines, address, careOf: { id, name } };
}

interface Search {
  carers: ReadonlyMap<string, readonly Carer[]>;
  today: string;
  /** Why each of those who were found is not it, for the answer. */
  passedOver: string[];
  /** Whoever was looked at: a loop ends here. */
  visited: Set<string>;
}

function careOf(estate: LetterParty, search: Search): LetterParty | null {
  for (const { party } of inOrder(search.carers.get(estate.id) ?? [], search.today)) {
    if (search.visited.has(party.id)) continue;
    search.visited.add(party.id);
    const closed = closedTo(party);
    if (closed) search.passedOver.push(`${party.name} ${closed}`);
    else if (party.addresses.length > 0) return party;
    else if (party.kind === "estate") {
      const further = careOf(party, search);
      if (further) return further;
    } else search.passedOver.push(`${party.name} has no address`);
  }
  return null;
}

/** Who acts today, executors before attorneys, each the longest in office first. */
export function inOrder(carers: readonly Carer[], today: string): Carer[] {
  return carers
    .filter(({ since, until }) => (since === null || since <= today) && (until === null || until >= today))
    .sort((a, b) => compare(orderKey(a), orderKey(b)));
}

function orderKey({ role, since, party }: Carer): string {
  // Whose beginning nobody knows comes last.
  return `${role === "executor" ? 0 : 1} ${since ?? "~"} ${party.id}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function closedTo({ diedOn, deleted, archived, noLetters }: LetterParty): string | null {
  if (diedOn) return "has died";
  // Whoever is deleted is archived, too.
  if (deleted) return "has been deleted";
  if (archived) return "is archived";
  return noLetters ? "is not to be sent letters" : null;
}

function refusal(passedOver: readonly string[]): string {
  if (passedOver.length === 0) return "It has no address, and nobody is known who acts for it.";
  return `It has no address, and of those who act for it ${new Intl.ListFormat("en-GB").format(passedOver)}.`;
}
