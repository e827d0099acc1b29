import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { can } from "~/features/accounts/rights";
import { birthdayFact, diedFact } from "~/features/contacts/birthday";
import { type ContactField, kindNames } from "~/features/contacts/contact";
import { factsOf } from "~/features/contacts/contact-facts";
import { ContactHistory } from "~/features/contacts/contact-history";
import { findContact } from "~/features/contacts/find-contact.server";
import { listHistory } from "~/features/contacts/history.server";
import { viewOfList } from "~/features/contacts/list-address";
import { NeighboursBar } from "~/features/contacts/list-neighbours-bar";
import { findNeighbours } from "~/features/contacts/neighbours.server";
import { EmailLink, PhoneLink } from "~/features/contacts/reach-links";
import { RelatedContacts } from "~/features/contacts/related-contacts";
import { listRelated } from "~/features/contacts/related.server";
import { SourcedFacts, SourceLine } from "~/features/contacts/sourced-facts";
import { rowOf, withBack } from "~/features/contacts/way-back";
import { notFound } from "~/http/answers.server";
import { listBehind } from "~/http/back.server";
import { requireScope } from "~/http/scope.server";
import { dateIn, formatInstant } from "~/platform/time";
import { Banner } from "~/ui/banner";
import { ButtonLink, PostButton } from "~/ui/button";
import { PageHead } from "~/ui/page-head";
import { Columns, Panel } from "~/ui/panel";
import { Tags } from "~/ui/tag";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.contact.name} · Contacts · ${data.accountName}` : "Contact" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.read");
  const contact = (await findContact(scope, args.params.contactId ?? "")) ?? notFound();
  const params = new URL(args.request.url).searchParams;
  const base = `/${scope.account.slug}/contacts`;
  const list = listBehind(args, base);
  const [neighbours, related, history] = await Promise.all([
    list ? findNeighbours(scope, viewOfList(list), contact.id) : null,
    listRelated(scope, contact.id),
    listHistory(scope, contact.id, params.get("history")),
  ]);
  return {
    accountName: scope.account.name,
    base,
    list,
    neighbours,
    place: scope.place,
    now: scope.clock.now(),
    may: { write: can(scope, "contacts.write"), archive: can(scope, "contacts.archive") },
    contact,
    related,
    history,
    isOlderHistory: params.has("history"),
  };
}

export default function ContactPage() {
  const { base, contact, list, neighbours, place } = useLoaderData<typeof loader>();
  const { values, archived } = contact;
  return (
    <>
      {archived ? (
        <Banner tone="warn">
          Archived {archived.by ? `by ${archived.by}, ` : ""}
          {formatInstant(place, archived.at)}: in no list and no search but that of archived contacts.
        </Banner>
      ) : null}
      {neighbours ? <NeighboursBar neighbours={neighbours} base={base} locale={place.locale} /> : null}
      <PageHead
        title={contact.name}
        back={{ href: rowOf(list ?? base, contact.id), label: "Contacts" }}
        line={
          <>
            {[values.jobTitle, values.company === contact.name ? null : values.company].filter(Boolean).join(", ") ||
              kindNames[values.kind]}{" "}
            <Tags labels={values.tags} />
          </>
        }
        actions={<Actions />}
      />
      <Columns
        side={
          <>
            <Related />
            <History />
          </>
        }
      >
        <Reach />
        <About />
      </Columns>
    </>
  );
}

function Actions() {
  const { base, contact, list, may } = useLoaderData<typeof loader>();
  const href = `${base}/${contact.id}`;
  return (
    <>
      {may.archive ? (
        <PostButton action={withBack(`${href}/${contact.archived ? "restoration" : "archival"}`, list)}>
          {contact.archived ? "Restore" : "Archive"}
        </PostButton>
      ) : null}
      {may.write ? (
        <ButtonLink tone="primary" href={withBack(`${href}/edit`, list)}>
          Edit
        </ButtonLink>
      ) : null}
    </>
  );
}

function useFacts() {
  const { base, contact, list, place, may } = useLoaderData<typeof loader>();
  const href = `${base}/${contact.id}`;
  const unpinHref = (field: ContactField) => withBack(`${href}/unpinning/${field}`, list);
  return { contact, place, unpinHref: may.write ? unpinHref : null };
}

function Reach() {
  const shared = useFacts();
  const facts = [
    ...factsOf({ ...shared, field: "emails", show: ({ text }) => <EmailLink address={text} /> }),
    ...factsOf({ ...shared, field: "phones", show: ({ text }) => <PhoneLink value={text} /> }),
    ...factsOf({ ...shared, field: "addresses" }),
  ];
  return (
    <Panel title="How to reach them">
      {facts.length > 0 ? <SourcedFacts facts={facts} /> : <p className="quiet">No email, phone or address yet.</p>}
    </Panel>
  );
}

function About() {
  const { contact, place, now } = useLoaderData<typeof loader>();
  const day = { locale: place.locale, today: dateIn(place.timeZone, now) };
  const shared = useFacts();
  const [notes] = factsOf({ ...shared, field: "notes" });
  return (
    <>
      <Panel title="Who it is">
        <SourcedFacts
          facts={[
            ...factsOf({ ...shared, field: "name" }),
            ...factsOf({ ...shared, field: "kind" }),
            ...factsOf({ ...shared, field: "company" }),
            ...factsOf({ ...shared, field: "jobTitle" }),
            ...factsOf({ ...shared, field: "birthday", show: () => birthdayFact(contact.values, day) }),
            ...factsOf({ ...shared, field: "diedOn", show: () => diedFact(contact.values, day.locale) }),
            ...factsOf({ ...shared, field: "language" }),
            ...factsOf({ ...shared, field: "timeZone" }),
            ...factsOf({ ...shared, field: "tags" }),
          ]}
        />
      </Panel>
      <Panel title="Notes">
        {notes ? (
          <>
            <div className="whitespace-pre-wrap">{notes.value}</div>
            <SourceLine fact={notes} />
          </>
        ) : (
          <p className="quiet">No notes yet.</p>
        )}
      </Panel>
    </>
  );
}

function Related() {
  const { base, contact, list, related, may, place } = useLoaderData<typeof loader>();
  return (
    <Panel
      title="Related"
      actions={may.write ? <a href={withBack(`${base}/${contact.id}/relationships/new`, list)}>Add</a> : undefined}
    >
      <RelatedContacts
        related={related}
        base={base}
        list={list}
        contactId={contact.id}
        mayWrite={may.write}
        place={place}
      />
    </Panel>
  );
}

function History() {
  const { base, contact, list, history, isOlderHistory, place, now } = useLoaderData<typeof loader>();
  const href = withBack(`${base}/${contact.id}`, list);
  return (
    <Panel title="History">
      <ContactHistory entries={history.entries} base={base} place={place} now={now} />
      <p className="small">
        {isOlderHistory ? <a href={href}>Newest</a> : null}
        {isOlderHistory && history.older ? " · " : null}
        {history.older ? <a href={`${href}${list ? "&" : "?"}history=${history.older}`}>Older</a> : null}
      </p>
    </Panel>
  );
}
