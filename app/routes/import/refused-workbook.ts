import { type LoaderFunctionArgs } from "@remix-run/node";
import { refusedRowsXlsx } from "~/features/pipeline/corrections/refused-files.server";
import { notFound } from "~/http/answers.server";
import { fileAnswer } from "~/http/download.server";
import { requireScope } from "~/http/scope.server";
import { runIdOf } from "~/routes/import/run-id.server";

/** The same as a workbook. */
export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.import");
  const file = (await refusedRowsXlsx(scope, runIdOf(args.params))) ?? notFound();
  return fileAnswer(file.bytes, file);
}
