import { type LoaderFunctionArgs } from "@remix-run/node";
import { figuresFile } from "~/routes/reconciliations/runs/run-facts.server";

export function loader(args: LoaderFunctionArgs) {
  return figuresFile(args);
}
