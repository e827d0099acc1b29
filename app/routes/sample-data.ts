import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { listSampleIds, loadSampleData } from "~/features/contacts/home/sample-data.server";
import { flash, warning } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";

/** Leads to the page that asks before the sample contacts are deleted like any others. */
export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.archive");
  const ids = await listSampleIds(scope);
  const query = new URLSearchParams(ids.map((id) => ["id", id]));
  throw redirect(`/${scope.account.slug}/contacts/deletion?${query}`);
}

/** Fills an account that has no contacts yet with some to try things with. */
export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.import");
  const loaded = await loadSampleData(scope);
  const said = loaded.ok
    ? flash(`${loaded.contacts} sample contacts are here to try things with. From Home they are taken away again.`)
    : warning("There are contacts here already: sample data is for an account that has none.");
  return redirectTo(args, `/${scope.account.slug}/contacts`, said);
}
