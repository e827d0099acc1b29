import { type LoaderFunctionArgs } from "@remix-run/node";
import { isGoodQuery } from "~/features/contacts/export/download-link.server";
import { mayDownload } from "~/features/contacts/export/export";
import { findExport, openDownload } from "~/features/contacts/export/exports.server";
import { notFound } from "~/http/answers.server";
import { fileAnswer } from "~/http/download.server";
import { warning } from "~/http/flash.server";
import { isPrefetch } from "~/http/prefetch.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";

/** An export's file, by the signed link of the page of exports. */
export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.export");
  const found = await findExport(scope, args.params.exportId ?? "");
  if (!found || !mayDownload(scope, found)) notFound();
  const params = new URL(args.request.url).searchParams;
  if (isPrefetch(args.request) || !isGoodQuery(scope, found.fileId ?? "", params)) {
    const text =
      "That link to the file is no longer good. Each is for one person, for five minutes: here is a new one.";
    return redirectTo(args, `/${scope.account.slug}/exports`, warning(text));
  }

  const file = (await openDownload(scope, found)) ?? notFound();
  return fileAnswer(file.bytes, { name: file.name, mediaType: file.mediaType });
}
