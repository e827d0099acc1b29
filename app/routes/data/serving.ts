import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { requireScope } from "~/http/scope.server";

/** The serving zone is the contacts themselves, with the list that everybody knows. */
export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.read");
  throw redirect(`/${scope.account.slug}/contacts${new URL(args.request.url).search}`);
}
