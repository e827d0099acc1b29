import { homeOf } from "~/features/contacts/values/address-text";
import { maySend } from "~/features/contacts/consent/consent";
import { type Address } from "~/features/contacts/contact";
import { type ContactDetail, findContact } from "~/features/contacts/detail/find-contact.server";
import { findLetterAddress } from "~/features/contacts/relationships/find-letter-address.server";
import { addressBlock } from "~/features/contacts/print/address-block";
import { type EnvelopeView, readEnvelopeView } from "~/features/contacts/print/envelope-view";
import { type Scope } from "~/platform/scope.server";

export interface Envelope {
  contactId: string;
  name: string;
  view: EnvelopeView;
  /** Each of the contact's addresses as it would stand there. */
  blocks: string[][];
  /** The chosen one; null where there is no address at all. */
  lines: string[] | null;
  /** The firm, where it is to stand in the corner. */
  sender: string | null;
  /** Why one would rather not write, in a sentence. */
  warning: string | null;
}

/**
 * What is to be printed of a contact's addresses; null when the contact is not there for the reader. Where an estate has
 * none, it is where its letters go: in care of whoever acts for it. One statement, and those of that.
 */
export async function findEnvelope(scope: Scope, contactId: string, params: URLSearchParams): Promise<Envelope | null> {
  const contact = await findContact(scope, contactId);
  if (!contact) return null;
  const home = homeOf({ ...scope.account, ...scope.place });
  const own = contact.values.addresses.map((address) =>
    addressBlock({ names: namesOn(contact, address), address }, home),
  );
  const blocks = own.length > 0 ? own : await elsewhere(scope, contact);
  const view = readEnvelopeView(params, { addresses: blocks.length, country: home.country });
  const mayWrite = maySend(contact, "letter", scope.place);
  return {
    contactId,
    name: contact.name,
    view,
    blocks,
    lines: blocks[view.address] ?? null,
    sender: view.sender && view.format.kind === "envelope" ? scope.account.name : null,
    warning: mayWrite.ok || blocks.length === 0 || own.length === 0 ? null : mayWrite.reason,
  };
}

async function elsewhere(scope: Scope, contact: ContactDetail): Promise<string[][]> {
  if (contact.values.kind !== "estate") return [];
  const found = await findLetterAddress(scope, { ...contact, name: nameOn(contact) });
  return found.ok ? [found.lines] : [];
}

const atWork = /work|office|business|büro|firma|arbeit|geschäft|bureau|travail|oficina|ufficio|kantoor/i;

/** A person by their name, at work with the company's below. */
function namesOn(contact: ContactDetail, { label }: Address): string[] {
  const { company, kind } = contact.values;
  const name = nameOn(contact);
  return kind === "individual" && company && atWork.test(label ?? "") ? [name, company] : [name];
}

/** Nobody writes to the dead as if they lived. */
function nameOn({ name, values }: ContactDetail): string {
  return values.kind !== "estate" || /\bestate\b/i.test(name) ? name : `Estate of ${name}`;
}
