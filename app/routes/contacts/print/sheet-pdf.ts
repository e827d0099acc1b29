import { type LoaderFunctionArgs } from "@remix-run/node";
import { contactSheetPdf } from "~/features/contacts/print/contact-sheet-pdf.server";
import { findSheet } from "~/features/contacts/print/find-sheet.server";
import { notFound } from "~/http/answers.server";
import { fileAnswer } from "~/http/download.server";
import { requireScope } from "~/http/scope.server";

/** A contact's sheet as a PDF. */
export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.read");
  const sheet = (await findSheet(scope, args.params.contactId ?? "")) ?? notFound();
  const pdf = contactSheetPdf(sheet, { firm: scope.account.name, madeAt: scope.clock.now() });
  return fileAnswer(pdf, { name: `${sheet.name}.pdf`, mediaType: "application/pdf", inline: true });
}
