import { type LoaderFunctionArgs } from "@remix-run/node";
import { rowsFile } from "~/routes/campaigns/figures/rows-file.server";

/** Recipients that a figure counts, as CSV. */
export function loader(args: LoaderFunctionArgs) {
  return rowsFile(args, "csv");
}
