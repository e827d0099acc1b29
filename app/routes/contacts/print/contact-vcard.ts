import { type LoaderFunctionArgs } from "@remix-run/node";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { vcard } from "~/features/contacts/print/vcard";
import { notFound } from "~/http/answers.server";
import { fileAnswer } from "~/http/download.server";
import { requireScope } from "~/http/scope.server";

/** A contact as a file that telephones and mail programs take up. */
export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.read");
  const contact = (await findContact(scope, args.params.contactId ?? "")) ?? notFound();
  return fileAnswer(vcard(contact), { name: `${contact.name}.vcf`, mediaType: "text/vcard; charset=utf-8" });
}
