import { z } from "zod";
import { exportColumns, exportFormats } from "~/features/contacts/export/export";

/** What is chosen of an export; the list itself stands in the page's address. */
export const exportForm = z.object({
  format: z.enum(exportFormats, "Choose what kind of file it should be."),
  columns: z.enum(exportColumns, "Choose which columns it should have."),
});
