import { z } from "zod";
import { campaignLimits } from "~/features/campaigns/campaign";
import { amount } from "~/features/campaigns/campaign-form";
import { type CallOutcome, outcomes } from "~/features/campaigns/call-desk/call";
import { readWhen, type WhenRefusal } from "~/features/campaigns/call-desk/local-time";
import { manyLines } from "~/features/contacts/values/typed-text";
import { isId } from "~/platform/ids.server";
import { formatInstant, isTimeZone } from "~/platform/time";
import { timeZoneText } from "~/features/contacts/values/time-zone";

interface CallFormPlace {
  currency: string;
  locale: string;
  now: string;
  /** Theirs, where the form does not say in which it was typed. */
  zone: string;
  /** The numbers that may be told to be wrong. */
  numbers: readonly string[];
}

const text = z
  .string()
  .optional()
  .transform((typed) => typed ?? "");

/** What a caller says of a call. Only what belongs to its outcome is read. */
export function callForm(place: CallFormPlace) {
  return z
    .object({
      outcome: z.enum(outcomes, "Choose how the call went."),
      note: text
        .transform((typed) => manyLines(typed) || null)
        .refine(
          (note) => Array.from(note ?? "").length <= campaignLimits.description,
          "The note is too long: at most 2,000 characters.",
        ),
      value: text,
      day: text,
      time: text,
      number: text,
      zone: text.transform((zone) => (isTimeZone(zone) ? zone : place.zone)),
      after: text.transform((id) => (isId(id) ? id : null)),
      then: z.enum(["next", "stop"]).default("next"),
    })
    .transform(({ value, day, time, number, zone, ...call }, context) => ({
      ...call,
      valueMinor: call.outcome === "converted" ? readValue(value, context, place) : null,
      callBackAt: call.outcome === "call-back" ? readCallBack({ day, time, zone }, context, place) : null,
      wrongNumber: call.outcome === "wrong-number" ? readNumber(number, context, place.numbers) : null,
    }));
}

type Context = z.RefinementCtx;

function readValue(typed: string, context: Context, money: CallFormPlace): bigint | null {
  if (typed.trim() === "") return null;
  const read = z
    .string()
    .transform((text, inner) => amount(text, inner, money))
    .safeParse(typed);
  if (read.success) return read.data;
  refuse(context, "value", read.error.issues.map(({ message }) => message).join(" "));
  return null;
}

function refuse(context: Context, field: string, message: string): void {
  context.addIssue({ code: "custom", path: [field], message });
}

const refusals: Record<WhenRefusal, (there: string, clock: string) => string> = {
  "no-day": () => "Say on which day. Write it like 2026-12-01.",
  "no-time": () => "Say at what time. Write it like 14:30.",
  skipped: (there) => `There is no such time on that day: the clocks in ${there} go forward then.`,
  past: (there, clock) => `That has passed: in ${there} it is ${clock}.`,
  "too-far": () => "That is more than a year ahead.",
};

function readCallBack(
  { zone, ...typed }: { day: string; time: string; zone: string },
  context: Context,
  { now, locale }: CallFormPlace,
): string | null {
  const read = readWhen(zone, typed, now);
  if (read.ok) return read.at;
  const clock = formatInstant({ timeZone: zone, locale }, now);
  refuse(context, read.field, refusals[read.reason](timeZoneText(zone), clock));
  return null;
}

/** One of theirs; null: there is none to tell. */
function readNumber(typed: string, context: Context, numbers: readonly string[]): string | null {
  const number = numbers.find((each) => each === typed);
  if (number !== undefined) return number;
  if (typed !== "" || numbers.length > 1) refuse(context, "number", "Choose which number is wrong.");
  return numbers[0] ?? null;
}

export interface CallFormFields extends Record<string, string> {
  outcome: CallOutcome;
  note: string;
  value: string;
  day: string;
  time: string;
  number: string;
  zone: string;
  after: string;
  then: string;
}
