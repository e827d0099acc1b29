import { z } from "zod";
import { delimiters } from "~/features/pipeline/delimiter";
import { encodings } from "~/features/pipeline/text-encoding";
import { fromJson } from "~/platform/db/json.server";

/** How a file is read and which of its columns go where; kept as JSON on its run. */

export const runSettings = z.strictObject({
  encoding: z.enum(encodings),
  delimiter: z.enum(delimiters),
  /** The first row holds the names of the columns. */
  hasHeader: z.boolean(),
  /** ISO 3166-1 alpha-2: how a phone number without a country code is read. */
  phoneCountry: z.string().regex(/^[A-Z]{2}$/),
  columns: z.array(z.string()),
  /** For each column the field it goes to; "" for none. */
  mapping: z.array(z.string()),
});

export type RunSettings = z.infer<typeof runSettings>;
export type ReadingSettings = Pick<RunSettings, "encoding" | "delimiter" | "hasHeader">;

export function readRunSettings(text: string): RunSettings {
  return runSettings.parse(fromJson(text));
}
