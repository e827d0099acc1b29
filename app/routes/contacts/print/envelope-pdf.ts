import { type LoaderFunctionArgs } from "@remix-run/node";
import { envelopePdf } from "~/features/contacts/print/envelope-pdf.server";
import { findEnvelope } from "~/features/contacts/print/find-envelope.server";
import { notFound } from "~/http/answers.server";
import { fileAnswer } from "~/http/download.server";
import { requireScope } from "~/http/scope.server";

/** An envelope or a sheet of labels in its own size. Where the contact has no address there is none. */
export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.read");
  const params = new URL(args.request.url).searchParams;
  const envelope = (await findEnvelope(scope, args.params.contactId ?? "", params)) ?? notFound();
  const lines = envelope.lines ?? notFound();
  const pdf = envelopePdf({ ...envelope, lines }, { firm: scope.account.name, madeAt: scope.clock.now() });
  return fileAnswer(pdf, { name: `${envelope.name}, address.pdf`, mediaType: "application/pdf", inline: true });
}
