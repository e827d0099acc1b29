import { z } from "zod";
import { type ReadingShown } from "~/features/pipeline/columns/columns-fields";
import { type Delimiter } from "~/features/pipeline/files/delimiter";
import { type DraftChoices } from "~/features/pipeline/draft/draft-run.server";
import { dateOrders, type ReadingSettings } from "~/features/pipeline/draft/run-settings.server";
import { encodings } from "~/features/pipeline/files/text-encoding";

/** Delimiters as a form can carry them: a tab in an attribute is too easily lost. */
const delimiterValues = { comma: ",", semicolon: ";", tab: "\t" } as const satisfies Record<string, Delimiter>;
type DelimiterValue = keyof typeof delimiterValues;

function delimiterValue(delimiter: Delimiter): DelimiterValue {
  return ({ ",": "comma", ";": "semicolon", "\t": "tab" } as const)[delimiter];
}

/** How a file is read and where its columns go: one `column` for each, in order, "" for none. */
const common = {
  phoneCountry: z.string().regex(/^[A-Z]{2}$/),
  dateOrder: z.enum(dateOrders).optional(),
  column: z.preprocess(
    (value) => (Array.isArray(value) ? value : [value ?? ""]),
    z.array(z.string().max(50).default("")).max(250),
  ),
};

const hasHeader = z
  .literal("on")
  .optional()
  .transform((value) => value === "on");

/** One form for each format: only what belongs to it is asked, and taken. */
const forms = {
  csv: z.strictObject({
    ...common,
    encoding: z.enum(encodings),
    delimiter: z.enum(["comma", "semicolon", "tab"]).transform((value) => delimiterValues[value]),
    hasHeader,
  }),
  xlsx: z.strictObject({ ...common, sheet: z.string().max(100), hasHeader }),
  vcard: z.strictObject({ ...common, encoding: z.enum(encodings) }),
};

/** What was chosen on the page for a file read so far like this; null for what no page of ours sends. */
export function readColumnsForm(sent: FormData, before: ReadingSettings): DraftChoices | null {
  const form = forms[before.format].safeParse({ ...Object.fromEntries(sent), column: sent.getAll("column") });
  if (!form.success) return null;
  const { column: mapping, phoneCountry, dateOrder, ...chosen } = form.data;
  const reading = { ...before, ...chosen } as ReadingSettings;
  if (reading.format === "xlsx" && !reading.sheets.includes(reading.sheet)) return null;
  return { reading, phoneCountry, dateOrder, mapping };
}

/** The same as a page shows it. */
export function readingShown(reading: ReadingSettings): ReadingShown {
  return reading.format === "csv" ? { ...reading, delimiter: delimiterValue(reading.delimiter) } : reading;
}
