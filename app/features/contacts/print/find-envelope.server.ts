import { homeOf } from "~/features/contacts/address-text";
import { type Address, type ContactValues, displayName } from "~/features/contacts/contact";
import { findContact } from "~/features/contacts/find-contact.server";
import { addressBlock } from "~/features/contacts/print/address-block";
import { type EnvelopeView, readEnvelopeView } from "~/features/contacts/print/envelope-view";
import { listRelated, type RelatedContact } from "~/features/contacts/related.server";
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
}

/** What is to be printed of a contact's addresses; null when the contact is not there for the reader. Two statements. */
export async function findEnvelope(scope: Scope, contactId: string, params: URLSearchParams): Promise<Envelope | null> {
  const contact = await findContact(scope, contactId);
  if (!contact) return null;
  const { values } = contact;
  const related = values.kind === "estate" ? await listRelated(scope, contactId) : [];
  const home = homeOf(scope.account);
  const blocks = values.addresses.map((address) =>
    addressBlock({ names: namesOn(values, address), careOf: executorOf(related), address }, home),
  );
  const view = readEnvelopeView(params, { addresses: blocks.length, country: home.country });
  return {
    contactId,
    name: contact.name,
    view,
    blocks,
    lines: blocks[view.address] ?? null,
    sender: view.sender && view.format.kind === "envelope" ? scope.account.name : null,
  };
}

const atWork = /work|office|business|büro|firma|arbeit|geschäft|bureau|travail|oficina|ufficio|kantoor/i;

/** A person by their name, at work with the company's below; an estate as such. */
function namesOn(values: ContactValues, { label }: Address): string[] {
  const name = displayName(values);
  if (values.kind === "estate") return [/^(the )?estate of /i.test(name) ? name : `Estate of ${name}`];
  const { company } = values;
  return company && company !== name && atWork.test(label ?? "") ? [name, company] : [name];
}

/** Who acts for an estate now; its attorney where it has no executor. */
function executorOf(related: readonly RelatedContact[]): string | null {
  const acting = (type: string) => related.find((one) => one.type === type && one.back && !one.ended && !one.archived);
  return (acting("executor-of") ?? acting("attorney-for"))?.name ?? null;
}
