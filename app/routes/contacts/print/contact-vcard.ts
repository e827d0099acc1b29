import { type LoaderFunctionArgs } from "@remix-run/node";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { vcard } from "~/features/contacts/print/vcard";
import { findLetterAddress } from "~/features/contacts/relationships/find-letter-address.server";
import { notFound } from "~/http/answers.server";
import { fileAnswer } from "~/http/download.server";
import { requireScope } from "~/http/scope.server";

/** A contact as a file that telephones and mail programs take up. */
export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.read");
  const contact = (await findContact(scope, args.params.contactId ?? "")) ?? notFound();
  const letter = contact.values.kind === "estate" ? await findLetterAddress(scope, contact) : null;
  return fileAnswer(vcard({ ...contact, letter }), {
    name: `${contact.name}.vcf`,
    mediaType: "text/vcard; charset=utf-8",
  });
}
