import { z } from "zod";
import { mailingLimits, sentWhens } from "~/features/campaigns/mailing/mailing";
import { isStorable, oneLine } from "~/features/contacts/values/typed-text";

const NO_ADDRESS = "Enter a plain email address like reviews@brandt.example.";
/** What `isMailAddress` of the mail server takes, too. */
const mailAddress = /^[^\s@"(),:;<>[\\\]\p{Cc}]{1,64}@[^\s@"'(),:;<>[\\\]\p{Cc}]{1,253}$/u;

const typedLine = (most: number) =>
  z
    .string()
    .optional()
    .transform((text) => oneLine(text ?? "") || null)
    .refine((text) => Array.from(text ?? "").length <= most, `This is too long: at most ${most} characters.`);

/** An address that a person types; null where nothing is typed. */
export const typedAddress = typedLine(mailingLimits.address).refine(
  (text) => text === null || (isStorable(text) && mailAddress.test(text)),
  NO_ADDRESS,
);

/** Who a campaign's email is from, how fast it goes out, and when. */
export const mailingForm = z.object({
  senderName: typedLine(mailingLimits.senderName).refine(
    (text) => text === null || !/[<>"@]/.test(text),
    'A name has none of < > " @ in it.',
  ),
  replyTo: typedAddress,
  dkimSelector: typedLine(mailingLimits.selector).refine(
    (text) => text === null || /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/i.test(text),
    "A selector is letters, digits, dots and hyphens, like mail2026.",
  ),
  mailsAMinute: z
    .string("Say how many mails a minute go out.")
    .transform((text) => text.trim())
    .refine(
      (text) => /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= mailingLimits.rate,
      `A whole number from 1 to ${mailingLimits.rate.toLocaleString("en-GB")}.`,
    )
    .transform(Number),
  sentWhen: z.enum(sentWhens, "Choose when it goes out."),
});

export interface MailingFormFields extends Record<string, string> {
  senderName: string;
  replyTo: string;
  dkimSelector: string;
  mailsAMinute: string;
  sentWhen: string;
}

/** Whom a test goes to, and as whose mail it is written. */
export const testForm = z.object({
  to: typedAddress.refine((text) => text !== null, NO_ADDRESS).transform((text) => text ?? ""),
  as: z.enum(["first", "emptiest"], "Choose as whose mail it is written."),
});

export interface TestFormFields extends Record<string, string> {
  to: string;
  as: string;
}
