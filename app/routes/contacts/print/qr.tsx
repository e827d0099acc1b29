import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { contactQr } from "~/features/contacts/print/contact-qr.server";
import { notFound } from "~/http/answers.server";
import { requireScope } from "~/http/scope.server";
import { type RouteHandle } from "~/route-handle";
import { ButtonLink } from "~/ui/button";
import { PageHead } from "~/ui/page-head";
import { Panel } from "~/ui/panel";

export const handle: RouteHandle = { narrow: true };

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `QR code of ${data.name} · Contacts · ${data.firm}` : "QR code" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.read");
  const contact = (await findContact(scope, args.params.contactId ?? "")) ?? notFound();
  return {
    firm: scope.account.name,
    href: `/${scope.account.slug}/contacts/${contact.id}`,
    name: contact.name,
    qr: await contactQr(contact.values),
  };
}

const contents = {
  nothing: "It holds the name, the company, the first two phone numbers, the first email and the first address.",
  address:
    "It holds the name, the company, the first two phone numbers and the first email. With the address it would be too fine for a camera.",
  most: "It holds the name, the company and the first phone numbers, cut short. All of it would be too fine for a camera.",
};

export default function QrPage() {
  const { href, name, qr } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title={name}
        back={{ href, label: name }}
        line="Point a phone's camera at the code and it offers to keep the contact."
        actions={<ButtonLink href={`${href}/contact.vcf`}>vCard file</ButtonLink>}
      />
      <Panel>
        <img className="qr big" src={qr.src} alt={`QR code with the contact ${name}`} width={320} height={320} />
        <p className="quiet small no-print">{contents[qr.leftOut]} The vCard file holds everything.</p>
      </Panel>
    </>
  );
}
