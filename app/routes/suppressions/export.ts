import { type ActionFunctionArgs } from "@remix-run/node";
import { can } from "~/features/accounts/rights";
import { suppressionsCsv } from "~/features/contacts/suppression/suppression-file.server";
import { readSuppressionFilters } from "~/features/contacts/suppression/suppression-filters";
import { forbidden, methodNotAllowed } from "~/http/answers.server";
import { fileAnswer } from "~/http/download.server";
import { requireScope } from "~/http/scope.server";

export function loader() {
  methodNotAllowed();
}

/** The list as it is narrowed, as a file. By POST, since that it leaves the house is recorded. */
export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.export");
  if (!can(scope, "suppressions.read")) return forbidden();
  const filters = readSuppressionFilters(new URL(args.request.url).searchParams);
  return fileAnswer(await suppressionsCsv(scope, filters), {
    name: "Suppression list.csv",
    mediaType: "text/csv; charset=utf-8",
  });
}
