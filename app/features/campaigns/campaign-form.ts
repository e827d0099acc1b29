import { z } from "zod";
import { campaignLimits, channels } from "~/features/campaigns/campaign";
import { manyLines, oneLine } from "~/features/contacts/values/typed-text";
import { type MoneyRefusal, parseMoney } from "~/platform/money";
import { isDate, type Place } from "~/platform/time";

const NAMELESS = "Give it a name, like “Spring review 2026”.";

const moneyRefusals: Record<MoneyRefusal, string> = {
  "not-a-number": "This is no amount. Write it like 310 or 310.50.",
  "too-many-decimals": "The currency has fewer decimals than this.",
  ambiguous: "This can be read in two ways. Write the amount without separators of thousands.",
  "too-large": "The amount is too large.",
};

function line(most: number, what: string) {
  return z
    .string()
    .optional()
    .transform((text) => oneLine(text ?? "") || null)
    .refine((text) => Array.from(text ?? "").length <= most, `${what} is too long: at most ${most} characters.`);
}

function lines(most: number, what: string) {
  return z
    .string()
    .optional()
    .transform((text) => manyLines(text ?? ""))
    .refine(
      (text) => Array.from(text).length <= most,
      `${what} is too long: at most ${most.toLocaleString("en-GB")} characters.`,
    );
}

/** What a campaign's form says; the currency is the campaign's. */
export function campaignForm(money: { currency: string; place: Place }) {
  return campaignFields(money).refine(({ pauseMonths, topic }) => pauseMonths === null || topic !== null, {
    path: ["topic"],
    message: "Say which topic whoever is not interested is spared, like “Reviews”.",
  });
}

function campaignFields({ currency, place }: { currency: string; place: Place }) {
  return z.object({
    name: line(campaignLimits.name, "The name")
      .transform((name) => name ?? "")
      .refine((name) => name !== "", NAMELESS),
    channel: z.enum(channels, "Choose how it reaches people."),
    description: lines(campaignLimits.description, "The description").transform((text) => text || null),
    topic: line(campaignLimits.topic, "The topic"),
    plannedOn: z
      .string()
      .optional()
      .transform((text) => (text ?? "").trim() || null)
      .refine((text) => text === null || isDate(text), "There is no such day. Write it like 2026-12-01."),
    ownerId: z
      .string()
      .optional()
      .transform((id) => id || null),
    cost: z
      .string()
      .optional()
      .transform((text, context) => amount(text ?? "", context, { currency, locale: place.locale })),
    subject: line(campaignLimits.subject, "The subject"),
    body: lines(campaignLimits.body, "The text"),
    codePrefix: z
      .string()
      .optional()
      .transform((text) => oneLine(text ?? "").toUpperCase() || null)
      .refine(
        (text) => text === null || /^[A-Z0-9]{1,6}$/.test(text),
        `At most ${campaignLimits.prefix} letters from A to Z and digits, like SPRING.`,
      ),
    respondedWords: line(campaignLimits.words, "This"),
    convertedWords: line(campaignLimits.words, "This"),
    pauseMonths: z
      .string()
      .optional()
      .transform((text) => (text ?? "").trim() || null)
      .refine(
        (text) => text === null || (/^\d{1,3}$/.test(text) && isPause(Number(text))),
        `Months from 1 to ${campaignLimits.pauseMonths}, or nothing.`,
      )
      .transform((text) => (text === null ? null : Number(text))),
    version: z.coerce.number().int().optional(),
  });
}

const isPause = (months: number) => months >= 1 && months <= campaignLimits.pauseMonths;

/** Minor units; an issue of the form where it is none. */
export function amount(
  text: string,
  context: z.RefinementCtx,
  { currency, locale }: { currency: string; locale: string },
) {
  if (text.trim() === "") return 0n;
  const parsed = parseMoney(text, currency, locale);
  if (parsed.ok && parsed.money.minor >= 0n) return parsed.money.minor;
  const message = parsed.ok ? "A cost is not negative." : moneyRefusals[parsed.reason];
  context.addIssue({ code: "custom", message });
  return z.NEVER;
}

export type CampaignFacts = Omit<z.output<ReturnType<typeof campaignForm>>, "version">;

export interface CampaignFormFields extends Record<string, string> {
  name: string;
  channel: string;
  description: string;
  topic: string;
  plannedOn: string;
  ownerId: string;
  cost: string;
  subject: string;
  body: string;
  codePrefix: string;
  respondedWords: string;
  convertedWords: string;
  pauseMonths: string;
  version: string;
}
