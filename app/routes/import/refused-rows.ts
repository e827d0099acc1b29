import { type LoaderFunctionArgs } from "@remix-run/node";
import { refusedRowsCsv } from "~/features/pipeline/corrections/refused-files.server";
import { notFound } from "~/http/answers.server";
import { fileAnswer } from "~/http/download.server";
import { requireScope } from "~/http/scope.server";
import { runIdOf } from "~/routes/import/run-id.server";

/** The refused rows as a file to correct and send again. */
export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.import");
  const file = (await refusedRowsCsv(scope, runIdOf(args.params))) ?? notFound();
  return fileAnswer(file.bytes, file);
}
