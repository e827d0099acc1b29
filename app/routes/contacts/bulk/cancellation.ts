import { type ActionFunctionArgs } from "@remix-run/node";
import { cancelBulk } from "~/features/contacts/bulk/bulk-edits.server";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";

export function loader() {
  methodNotAllowed();
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.write");
  const { bulkId = "" } = args.params;
  const { ok } = await cancelBulk(scope, bulkId);
  if (!ok) return notFound();
  return redirectTo(args, `/${scope.account.slug}/contacts/bulk/${bulkId}`);
}
