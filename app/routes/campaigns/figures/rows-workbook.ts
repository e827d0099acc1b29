import { type LoaderFunctionArgs } from "@remix-run/node";
import { rowsFile } from "~/routes/campaigns/figures/rows-file.server";

/** Recipients that a figure counts, as a workbook. */
export function loader(args: LoaderFunctionArgs) {
  return rowsFile(args, "xlsx");
}
