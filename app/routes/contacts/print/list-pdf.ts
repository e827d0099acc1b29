import { type LoaderFunctionArgs } from "@remix-run/node";
import { readView } from "~/features/contacts/list/contact-list";
import { contactListPdf } from "~/features/contacts/print/list-pdf.server";
import { fileAnswer } from "~/http/download.server";
import { requireScope } from "~/http/scope.server";
import { dateIn } from "~/platform/time";

/** The list of contacts as a PDF, narrowed and sorted as its page at the same query string. */
export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.read");
  const pdf = await contactListPdf(scope, readView(new URL(args.request.url).searchParams));
  const name = `Contacts ${dateIn(scope.place.timeZone, scope.clock.now())}.pdf`;
  return fileAnswer(pdf, { name, mediaType: "application/pdf", inline: true });
}
