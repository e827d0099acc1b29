import { type ActionFunctionArgs } from "@remix-run/node";
import { loadSampleData } from "~/features/contacts/sample-data.server";
import { methodNotAllowed } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";

export function loader() {
  methodNotAllowed();
}

/** Fills an account that has no contacts yet with some to try things with. */
export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.import");
  const loaded = await loadSampleData(scope);
  const said = loaded.ok
    ? `${loaded.contacts} sample contacts are here to try things with. The page Home takes them away again.`
    : "There are contacts here already: sample data is for an account that has none.";
  return redirectTo(args, `/${scope.account.slug}/contacts`, flash(said));
}
