import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { EnvelopeChoice } from "~/features/contacts/print/envelope-choice";
import { EnvelopePreview } from "~/features/contacts/print/envelope-page";
import { envelopeQuery } from "~/features/contacts/print/envelope-view";
import { findEnvelope } from "~/features/contacts/print/find-envelope.server";
import { notFound } from "~/http/answers.server";
import { requireScope } from "~/http/scope.server";
import { Banner } from "~/ui/banner";
import { ButtonLink } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { PageHead } from "~/ui/page-head";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Envelope or label for ${data.envelope.name} · Contacts · ${data.firm}` : "Envelope or label" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.read");
  const params = new URL(args.request.url).searchParams;
  const envelope = (await findEnvelope(scope, args.params.contactId ?? "", params)) ?? notFound();
  return { envelope, firm: scope.account.name, href: `/${scope.account.slug}/contacts/${envelope.contactId}` };
}

export default function EnvelopePage() {
  const { envelope, href } = useLoaderData<typeof loader>();
  const { name, view, lines, sender, warning } = envelope;
  return (
    <>
      <PageHead
        title="Envelope or label"
        back={{ href, label: name }}
        line="Print without fitting to the page: at 100 % it comes out to the millimetre."
        actions={
          lines ? (
            <ButtonLink tone="primary" href={`${href}/envelope.pdf${envelopeQuery(view)}`}>
              PDF
            </ButtonLink>
          ) : undefined
        }
      />
      {lines ? (
        <>
          {warning ? <Banner tone="warn">{warning}</Banner> : null}
          <EnvelopeChoice envelope={envelope} action={`${href}/envelope`} />
          <EnvelopePreview {...{ view, lines, sender }} />
        </>
      ) : (
        <Empty>There is no address of {name} yet.</Empty>
      )}
    </>
  );
}
