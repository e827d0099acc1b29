/** A campaign's email, read once and written for one recipient after the other. */
import MailComposer from "nodemailer/lib/mail-composer";
import { type WholeCampaign } from "~/features/campaigns/campaign";
import { nobodyOf, recipientToken } from "~/features/campaigns/recipient-link.server";
import { readMail, writeMail, type MailTemplate, type WrittenMail } from "~/features/campaigns/text/campaign-mail";
import { type AnswerLinks, type MailFrame } from "~/features/campaigns/text/mail-frame";
import { type MergeValues } from "~/features/campaigns/text/merge-fields";
import { type CampaignFacts } from "~/features/campaigns/text/merge-values";
import { customFields } from "~/features/contacts/custom/custom-fields.server";
import { type MailSettings } from "~/platform/env.server";
import { oneLine } from "~/platform/mail/write-mail.server";
import { type Scope } from "~/platform/scope.server";

export interface CampaignLetter {
  campaignId: string;
  template: MailTemplate;
  frame: MailFrame;
  facts: CampaignFacts;
  senderName: string;
  replyTo: string | null;
}

/** One statement where the account has fields of its own, else none. */
export async function readLetter(scope: Scope, campaign: WholeCampaign): Promise<CampaignLetter> {
  const fields = (await customFields(scope)).filter(({ retiredAt }) => retiredAt === null);
  const { account } = scope;
  const { mailing } = campaign;
  const senderName = mailing.senderName ?? account.name;
  return {
    campaignId: campaign.id,
    template: readMail({ subject: campaign.subject ?? "", body: campaign.body }, fields),
    frame: {
      language: account.locale,
      firmName: account.name,
      postalAddress: account.postalAddress.split("\n").filter(Boolean),
      words: { responded: campaign.respondedWords, converted: campaign.convertedWords },
    },
    facts: {
      firmName: account.name,
      senderName: campaign.ownerName ?? senderName,
      campaignName: campaign.name,
      fields,
      locale: account.locale,
    },
    senderName,
    replyTo: mailing.replyTo,
  };
}

export interface RecipientLinks extends AnswerLinks {
  page: string;
  /** Where a mail program takes somebody off with one press (RFC 8058). */
  oneClick: string;
}

/** The answers only preselect what the page asks once more. */
export function linksOf(
  scope: Scope,
  appOrigin: string,
  ids: { campaignId: string; contactId: string },
): RecipientLinks {
  const page = `${appOrigin}/r/${recipientToken(scope.keys, { accountId: scope.account.id, ...ids })}`;
  return {
    page,
    responded: `${page}?answer=responded`,
    converted: `${page}?answer=converted`,
    notForMe: `${page}?answer=not-for-me`,
    unsubscribe: `${page}?answer=unsubscribe`,
    oneClick: `${page}/unsubscribe`,
  };
}

/** For a preview and a test mail, by which nobody shall answer in another's name. */
export function linksOfNobody(scope: Scope, appOrigin: string, campaignId: string): RecipientLinks {
  return linksOf(scope, appOrigin, nobodyOf(campaignId));
}

export function writeLetter(letter: CampaignLetter, values: MergeValues, links: RecipientLinks): WrittenMail {
  return writeMail(letter.template, letter.frame, { values, links });
}

export interface Addressed {
  contactId: string;
  name: string;
  email: string;
}

export interface Outgoing {
  letter: CampaignLetter;
  mail: WrittenMail;
  links: RecipientLinks;
  to: Addressed;
  settings: MailSettings;
  appOrigin: string;
  /** ISO 8601. */
  date: string;
}

/** The whole mail as bytes (RFC 5322, 2369, 2919, 8058). Sent twice it would be the same mail, by its Message-ID. */
export function toBytes({ letter, mail, links, to, settings, appOrigin, date }: Outgoing): Promise<Buffer> {
  const host = new URL(appOrigin).hostname;
  const name = oneLine(letter.senderName);
  const composer = new MailComposer({
    from: { name, address: settings.from.address },
    to: { name: oneLine(to.name), address: to.email },
    ...(letter.replyTo ? { replyTo: letter.replyTo } : {}),
    subject: oneLine(mail.subject),
    text: mail.text,
    html: mail.html,
    date: new Date(date),
    messageId: `<${letter.campaignId}.${to.contactId}@${host}>`,
    headers: {
      "List-Unsubscribe": `<${links.oneClick}>`,
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
      "List-Id": `<${letter.campaignId}.${host}>`,
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}
