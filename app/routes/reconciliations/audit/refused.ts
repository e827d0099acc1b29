import { type LoaderFunctionArgs } from "@remix-run/node";
import { refusalsFile } from "~/features/reconciliation/audit/list-refusals.server";
import { notFound } from "~/http/answers.server";
import { fileAnswer } from "~/http/download.server";
import { requireAudit, sideOf } from "~/routes/reconciliations/audit/audit.server";

/** The rows that are not compared, with their lines, as a file. */
export async function loader(args: LoaderFunctionArgs) {
  const { scope, audit } = await requireAudit(args, "reconciliations.read");
  const side = sideOf(args);
  const { name } = audit.files[side] ?? notFound();
  const file = refusalsFile(scope, { id: audit.id, side, name });
  return fileAnswer(file.bytes, file);
}
