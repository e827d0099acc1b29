/**
 * A campaign's mail: read once, then written for each recipient. Nothing in it tells whether it was opened or which link
 * was pressed. See docs/decisions/023-texts-of-campaigns.md.
 */
import {
  type AnswerLinks,
  framedHtml,
  framedText,
  type FramedBody,
  type MailFrame,
} from "~/features/campaigns/text/mail-frame";
import { readMarkdown } from "~/features/campaigns/text/markdown";
import { type HtmlTemplate, htmlTemplate, mergeHtml } from "~/features/campaigns/text/markdown-html";
import { mergePlain, type TextTemplate, textTemplate } from "~/features/campaigns/text/markdown-text";
import { mergeFields, type MergeFieldKey, type MergeValues } from "~/features/campaigns/text/merge-fields";
import { blankIn, mergeLine } from "~/features/campaigns/text/merge-text";
import { parseText, type Piece, type Slot, type TextProblem } from "~/features/campaigns/text/parse-text";

export interface MailTemplate {
  subject: readonly Piece[];
  html: HtmlTemplate;
  text: TextTemplate;
  slots: readonly Slot[];
  has: Omit<FramedBody, "body">;
  /** A mail with any is not sent. */
  problems: { subject: TextProblem[]; body: TextProblem[] };
}

/** @param own the account's own fields that are in use */
export function readMail(
  { subject, body }: { subject: string; body: string },
  own: readonly { id: string; name: string }[],
): MailTemplate {
  const line = parseText(subject, mergeFields(own, { withLinks: false }));
  const markdown = readMarkdown(body, mergeFields(own, { withLinks: true }));
  const fields = new Set(markdown.slots.map(({ field }) => field));
  return {
    subject: line.pieces,
    html: htmlTemplate(markdown),
    text: textTemplate(markdown),
    slots: markdown.slots,
    has: {
      hasResponseLink: fields.has("responseLink"),
      hasUnsubscribeLink: fields.has("unsubscribeLink"),
    },
    problems: { subject: line.problems, body: markdown.problems },
  };
}

export interface WrittenMail {
  subject: string;
  html: string;
  text: string;
  /** What is not known of this recipient and has no other words, subject and body together. */
  blank: MergeFieldKey[];
}

/** @param links the recipient's own: `responseLink` is where the text's own link leads */
export function writeMail(
  template: MailTemplate,
  frame: MailFrame,
  { values, links }: { values: MergeValues; links: AnswerLinks & { page: string } },
): WrittenMail {
  const known: MergeValues = { ...values, responseLink: links.page, unsubscribeLink: links.unsubscribe };
  const { text: subject, blank } = mergeLine(template.subject, known);
  const html = { body: mergeHtml(template.html, known), ...template.has };
  const text = { body: mergePlain(template.text, known), ...template.has };
  return {
    subject,
    html: framedHtml(html, frame, { links, subject }),
    text: framedText(text, frame, links),
    blank: [...new Set([...blank, ...blankIn(template.slots, known)])],
  };
}
