/** One letter, ready to be drawn or shown. Pure. */
import { type Addressee, valuesOf, windowLines } from "~/features/campaigns/letters/addressee";
import { type Block, type LetterTemplate, mergeLetter } from "~/features/campaigns/letters/letter-text";
import { type CampaignFacts } from "~/features/campaigns/text/merge-values";
import { type MergeFieldKey } from "~/features/campaigns/text/merge-fields";
import { type Home } from "~/features/contacts/values/address-text";

/** What is the same on every letter of a campaign. */
export interface LetterFrame {
  firmName: string;
  /** Below its name. */
  firmAddress: readonly string[];
  /** As the firm writes dates. */
  date: string;
  /** In bold above the text; null: none. */
  subject: string | null;
  /** Where people without a camera type the code, without `https://`. */
  codePage: string;
  home: Home;
  campaign: CampaignFacts;
}

export interface Letter {
  contactId: string;
  name: string;
  /** As they show in the window. */
  address: string[];
  /** Null where the text greets by itself. */
  salutation: string | null;
  blocks: Block[];
  /** Where the QR code leads. */
  link: string;
  /** As it is printed; null where none is given yet. */
  code: string | null;
  blank: MergeFieldKey[];
}

export interface LetterRecipient {
  contactId: string;
  addressee: Addressee;
  link: string;
  code: string | null;
}

const NOBODY_KNOWN = "Dear Sir or Madam";

/** "Dear Folasade Adebayo,": as far as anybody is known. */
export function salutationOf({ campaign }: LetterFrame, addressee: Addressee): string {
  return `${valuesOf(addressee, campaign).salutation ?? NOBODY_KNOWN},`;
}

export function composeLetter(
  template: LetterTemplate,
  frame: LetterFrame,
  { contactId, addressee, link, code }: LetterRecipient,
): Letter {
  const values = valuesOf(addressee, frame.campaign);
  const { blocks, blank } = mergeLetter(template, values);
  return {
    ...{ contactId, name: addressee.name, link, code, blocks, blank },
    address: windowLines(addressee, frame.home),
    salutation: template.greets ? null : `${values.salutation ?? NOBODY_KNOWN},`,
  };
}

/** What stands beside the QR code. */
export function answerWords({ codePage }: LetterFrame, code: string | null): string[] {
  const typed = code === null ? [] : [`Or type ${code} at ${codePage}.`];
  return ["To answer, point your phone’s camera at the code.", ...typed];
}

/** The small line above the address: where it goes when it cannot be delivered, and by what it is known then. */
export function senderLine({ firmName, firmAddress }: LetterFrame, code: string | null): string {
  return [firmName, ...firmAddress, ...(code === null ? [] : [code])].join(" · ");
}
