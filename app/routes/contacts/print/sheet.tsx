import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { ContactSheetPage } from "~/features/contacts/print/contact-sheet-page";
import { findSheet } from "~/features/contacts/print/find-sheet.server";
import { notFound } from "~/http/answers.server";
import { requireScope } from "~/http/scope.server";
import { ButtonLink } from "~/ui/button";
import { PageHead } from "~/ui/page-head";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Sheet of ${data.sheet.name} · Contacts · ${data.firm}` : "Contact sheet" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.read");
  const contactId = args.params.contactId ?? "";
  const sheet = (await findSheet(scope, contactId)) ?? notFound();
  return { sheet, firm: scope.account.name, href: `/${scope.account.slug}/contacts/${contactId}` };
}

export default function SheetPage() {
  const { sheet, firm, href } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title="Contact sheet"
        back={{ href, label: sheet.name }}
        line="Everything that is known, to print from your browser or to save as a PDF."
        actions={
          <ButtonLink tone="primary" href={`${href}/sheet.pdf`}>
            PDF
          </ButtonLink>
        }
      />
      <ContactSheetPage sheet={sheet} firm={firm} />
    </>
  );
}
