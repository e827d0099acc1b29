/** The bytes of a run's file, written while its letters are read. */
import { type WholeCampaign } from "~/features/campaigns/campaign";
import {
  composeLetter,
  type LetterFrame,
  type LetterRecipient,
  salutationOf,
} from "~/features/campaigns/letters/letter";
import { letterLayouts } from "~/features/campaigns/letters/letter-layout";
import { lettersPdf } from "~/features/campaigns/letters/letter-pdf.server";
import { type LetterTemplate, readLetter } from "~/features/campaigns/letters/letter-text";
import { labelsPdf } from "~/features/campaigns/letters/labels-pdf.server";
import { mergeCsv, mergeXlsx } from "~/features/campaigns/letters/merge-file.server";
import { layoutOf, type PrintKind, type PrintOptions, usualSheet } from "~/features/campaigns/letters/print-run";
import { inUse } from "~/features/contacts/custom/custom-field";
import { customFields } from "~/features/contacts/custom/custom-fields.server";
import { labelFormats } from "~/features/contacts/print/post-formats";
import { homeOf } from "~/features/contacts/values/address-text";
import { readWhole } from "~/platform/files.server";
import { type Scope } from "~/platform/scope.server";
import { formatDate } from "~/platform/time";

export interface LetterMaker {
  template: LetterTemplate;
  frame: LetterFrame;
}

/** What is the same in all letters of a campaign. One statement. @param madeAt the instant whose day they carry */
export async function letterMaker(
  scope: Scope,
  campaign: WholeCampaign,
  { origin, madeAt }: { origin: string; madeAt: string },
): Promise<LetterMaker> {
  const { account } = scope;
  const fields = inUse(await customFields(scope));
  const frame: LetterFrame = {
    firmName: account.name,
    firmAddress: account.postalAddress.split("\n").filter(Boolean),
    date: formatDate({ timeZone: account.timeZone, locale: account.locale }, madeAt),
    subject: campaign.subject,
    codePage: `${origin.replace(/^https?:\/\//, "")}/answer/${account.slug}`,
    home: homeOf(account),
    campaign: {
      firmName: account.name,
      senderName: campaign.ownerName,
      campaignName: campaign.name,
      fields,
      locale: account.locale,
    },
  };
  return { template: readLetter(campaign.body, fields), frame };
}

/** The firm's logo, whole: it is at most a megabyte. Null: there is none, or it was replaced since the account was read. */
export async function logoBytes(scope: Scope): Promise<Buffer | null> {
  const { logoFileId } = scope.account;
  return logoFileId === null ? null : readWhole(scope, logoFileId);
}

interface FileToPrint {
  kind: PrintKind;
  options: PrintOptions;
  /** An instant. */
  madeAt: string;
}

interface Around {
  origin: string;
  /** Recipients, some hundred at a time. */
  batches: AsyncIterable<readonly LetterRecipient[]>;
}

export async function* printFile(
  scope: Scope,
  campaign: WholeCampaign,
  { kind, options, madeAt }: FileToPrint,
  { origin, batches }: Around,
): AsyncGenerator<Uint8Array, void> {
  const { template, frame } = await letterMaker(scope, campaign, { origin, madeAt });
  async function* letters() {
    for await (const batch of batches) {
      yield batch.map((recipient) => {
        const letter = composeLetter(template, frame, recipient);
        return { ...letter, greeting: salutationOf(frame, recipient.addressee) };
      });
    }
  }
  const title = campaign.name;
  const country = scope.account.phoneCountry;
  if (kind === "letters") {
    const layout = letterLayouts[layoutOf(options, country)];
    return yield* lettersPdf({ title, layout, frame, logo: await logoBytes(scope), madeAt }, letters());
  }
  if (kind === "labels") {
    const format = labelFormats[options.sheet ?? usualSheet(country)];
    const about = { title, firm: frame.firmName, format, start: options.start ?? 1, madeAt };
    return yield* labelsPdf(about, addressesOf(letters()));
  }
  const merge = kind === "merge-csv" ? mergeCsv : mergeXlsx;
  yield* merge(withSalutation(letters()));
}

type Greeted = ReturnType<typeof composeLetter> & { greeting: string };

async function* addressesOf(batches: AsyncIterable<readonly Greeted[]>) {
  for await (const letters of batches) yield letters.map(({ address }) => address);
}

/** The file is merged with another text, so it says how they are greeted in any case. */
async function* withSalutation(batches: AsyncIterable<readonly Greeted[]>) {
  for await (const letters of batches) yield letters.map((letter) => ({ ...letter, salutation: letter.greeting }));
}
