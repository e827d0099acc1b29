import { z } from "zod";
import { type Delimiter } from "~/features/pipeline/delimiter";
import { encodings } from "~/features/pipeline/text-encoding";

/** Delimiters as a form can carry them: a tab in an attribute is too easily lost. */
export const delimiterValues = { comma: ",", semicolon: ";", tab: "\t" } as const satisfies Record<string, Delimiter>;
export type DelimiterValue = keyof typeof delimiterValues;

export function delimiterValue(delimiter: Delimiter): DelimiterValue {
  return ({ ",": "comma", ";": "semicolon", "\t": "tab" } as const)[delimiter];
}

/** How a file is read and where its columns go: one `column` for each, in order, "" for none. */
export const columnsForm = z.strictObject({
  encoding: z.enum(encodings),
  delimiter: z.enum(["comma", "semicolon", "tab"]).transform((value) => delimiterValues[value]),
  hasHeader: z
    .literal("on")
    .optional()
    .transform((value) => value === "on"),
  phoneCountry: z.string().regex(/^[A-Z]{2}$/),
  column: z.preprocess(
    (value) => (Array.isArray(value) ? value : [value ?? ""]),
    z.array(z.string().max(50).default("")).max(250),
  ),
});
