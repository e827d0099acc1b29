import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { can } from "~/features/accounts/rights";
import { contactsWith, findSuppression } from "~/features/contacts/suppression/list-suppressions.server";
import { reasonNames, sourceWords, suppressedNames } from "~/features/contacts/suppression/suppression";
import { suppressedValueText } from "~/features/contacts/suppression/suppression-words";
import { notFound } from "~/http/answers.server";
import { requireScope } from "~/http/scope.server";
import { formatInstant } from "~/platform/time";
import { Banner } from "~/ui/banner";
import { ButtonLink } from "~/ui/button";
import { Facts } from "~/ui/facts";
import { PageHead } from "~/ui/page-head";
import { Panel } from "~/ui/panel";

const SHOWN = 20;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.title} · Suppression list · ${data.accountName}` : "Suppression list" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "suppressions.read");
  const entry = (await findSuppression(scope, args.params.suppressionId ?? "")) ?? notFound();
  const contacts = await contactsWith(scope, entry, SHOWN + 1);
  return {
    accountName: scope.account.name,
    base: `/${scope.account.slug}`,
    place: scope.place,
    title: suppressedValueText(entry, scope.account.phoneCountry),
    mayLift: can(scope, "suppressions.manage") && entry.lifted === null,
    entry,
    contacts: contacts.slice(0, SHOWN),
    isMore: contacts.length > SHOWN,
  };
}

export default function SuppressionEntry() {
  const { base, title, entry, mayLift, place } = useLoaderData<typeof loader>();
  const { lifted } = entry;
  return (
    <>
      {lifted ? (
        <Banner tone="warn">
          Taken off {formatInstant(place, lifted.at)}, by {lifted.by ?? "Tallybook"}
          {lifted.reason ? `: ${lifted.reason}` : ""}.
        </Banner>
      ) : null}
      <PageHead
        title={title}
        line={lifted ? "No longer on the list by this entry." : "Nothing is sent to it, whoever has it."}
        back={{ href: `${base}/suppressions`, label: "Suppression list" }}
        actions={
          mayLift ? <ButtonLink href={`${base}/suppressions/${entry.id}/lifting`}>Take off the list…</ButtonLink> : null
        }
      />
      <About />
      {entry.value === null ? null : <WhoHasIt />}
    </>
  );
}

function About() {
  const { base, entry, place } = useLoaderData<typeof loader>();
  const { words, path } = sourceWords(entry.source);
  const since = `${formatInstant(place, entry.notedAt)}, by ${entry.notedBy ?? "Tallybook"}`;
  return (
    <Panel title="On the list">
      <Facts
        facts={[
          { label: "What", value: suppressedNames[entry.channel] },
          { label: "Reason", value: reasonNames[entry.reason] },
          ...(entry.note ? [{ label: "Note", value: entry.note }] : []),
          { label: "Since", value: since },
          { label: "From", value: path ? <a href={base + path}>{words}</a> : words },
        ]}
      />
      {entry.value === null ? (
        <p className="panel-source">What it was is erased. It is known again when it comes, and obeyed.</p>
      ) : null}
    </Panel>
  );
}

function WhoHasIt() {
  const { base, contacts, isMore } = useLoaderData<typeof loader>();
  return (
    <Panel title="Who has it">
      {contacts.length === 0 ? <p className="quiet">No contact has it at present.</p> : null}
      {contacts.length > 0 ? (
        <ul className="grid gap-2">
          {contacts.map(({ id, name }) => (
            <li key={id}>
              <a href={`${base}/contacts/${id}`}>{name}</a>
            </li>
          ))}
          {isMore ? <li className="quiet">and others</li> : null}
        </ul>
      ) : null}
    </Panel>
  );
}
