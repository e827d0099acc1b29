import { z } from "zod";
import { correction } from "~/features/pipeline/corrections/correction";
import { delimiters } from "~/features/pipeline/files/delimiter";
import { ownRule } from "~/features/pipeline/own-rules/own-rule";
import { fieldRules, writings } from "~/features/pipeline/subject-rules";
import { encodings } from "~/features/pipeline/files/text-encoding";
import { type DateOrder } from "~/features/pipeline/subject";
import { fromJson } from "~/platform/db/json.server";

export const dateOrders = ["day-first", "month-first", "year-first"] as const satisfies readonly DateOrder[];

/** How a file is read and which of its columns go where; kept as JSON on its run. */

/** The first row holds the names of the columns. */
const hasHeader = z.boolean();

const readingSettings = z.discriminatedUnion("format", [
  z.strictObject({
    format: z.literal("csv"),
    encoding: z.enum(encodings),
    delimiter: z.enum(delimiters),
    hasHeader,
  }),
  /** `sheets`: the names of all its sheets, to choose from. */
  z.strictObject({ format: z.literal("xlsx"), sheet: z.string(), sheets: z.array(z.string()), hasHeader }),
  /** `columns`: what its cards hold between them; each card becomes a row of these. `leftOut`: what else they hold. */
  z.strictObject({
    format: z.literal("vcard"),
    encoding: z.enum(encodings),
    columns: z.array(z.string()),
    leftOut: z.array(z.object({ name: z.string(), rows: z.number() })).optional(),
  }),
]);

export const writingRules = z.strictObject({
  what: z.enum(writings),
  match: z.string().max(50),
  fields: z.record(z.string().max(100), z.enum(fieldRules)),
});

const runSettings = z.strictObject({
  reading: readingSettings,
  /** ISO 3166-1 alpha-2: how a phone number without a country code is read. */
  phoneCountry: z.string().regex(/^[A-Z]{2}$/),
  columns: z.array(z.string()),
  /** For each column the field it goes to; "" for none. */
  mapping: z.array(z.string()),
  /** What wrote the file, where its columns are those of a program we know. */
  origin: z.string().optional(),
  /** How dates of figures only are written; absent: as in the country of the phone numbers. */
  dateOrder: z.enum(dateOrders).optional(),
  /** For each column where it was thought to go, and why; absent in what was written before there were reasons. */
  guesses: z
    .array(z.object({ field: z.string(), sure: z.enum(["sure", "likely", "unsure"]), why: z.string() }))
    .optional(),
  /** What there is to say of an earlier file with the same columns. */
  recalled: z.string().optional(),
  /** Where the file holds refused rows of another run, corrected: the other settings are that run's. */
  correction: correction.optional(),
  /** What the account asked of every row when the run was started. */
  ownRules: z.array(ownRule).optional(),
  /** Absent where they are the usual ones. */
  rules: writingRules.optional(),
});

export type ReadingSettings = z.infer<typeof readingSettings>;
export type RunSettings = z.infer<typeof runSettings>;

/** Runs from before there were formats were all CSV, with the reading's settings among the others. */
const asStoredBefore = z
  .object({ encoding: z.unknown(), delimiter: z.unknown(), hasHeader: z.unknown() })
  .catchall(z.unknown())
  .transform(({ encoding, delimiter, hasHeader, ...rest }) => ({
    ...rest,
    reading: { format: "csv", encoding, delimiter, hasHeader },
  }));

export function readRunSettings(text: string): RunSettings {
  const stored = fromJson<object>(text);
  return runSettings.parse("reading" in stored ? stored : asStoredBefore.parse(stored));
}

/** Whether the first row of the source is the names of its columns. Cards are always made into such rows. */
export function hasHeading(reading: ReadingSettings): boolean {
  return reading.format === "vcard" || reading.hasHeader;
}
