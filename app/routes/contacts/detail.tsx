import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { can } from "~/features/accounts/rights";
import { diedFact } from "~/features/contacts/values/birthday";
import { ConsentPanel } from "~/features/contacts/consent/consent-panel";
import { type ContactField, kindNames } from "~/features/contacts/contact";
import { ContactHistory } from "~/features/contacts/history/contact-history";
import { ContactActions } from "~/features/contacts/detail/contact-actions";
import {
  AboutPanel,
  CustomPanel,
  LetterPanel,
  NotesPanel,
  ReachPanel,
} from "~/features/contacts/detail/contact-panels";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { findLetterAddress } from "~/features/contacts/relationships/find-letter-address.server";
import { hasHousehold } from "~/features/contacts/household/has-household";
import { HouseholdPanel } from "~/features/contacts/household/household-panel";
import { LATEST_FEW, listHistory } from "~/features/contacts/history/history.server";
import { viewOfList } from "~/features/contacts/list/list-address";
import { NeighboursBar } from "~/features/contacts/list/list-neighbours-bar";
import { findNeighbours } from "~/features/contacts/list/neighbours.server";
import { RelatedContacts } from "~/features/contacts/relationships/related-contacts";
import { listRelated } from "~/features/contacts/relationships/related.server";
import { phoneText } from "~/features/contacts/values/phone-display";
import { rowOf, withBack } from "~/features/contacts/list/way-back";
import { notFound } from "~/http/answers.server";
import { listBehind } from "~/http/back.server";
import { requireScope } from "~/http/scope.server";
import { formatInstant } from "~/platform/time";
import { Banner } from "~/ui/banner";
import { PageHead } from "~/ui/page-head";
import { Columns, Panel } from "~/ui/panel";
import { Tags } from "~/ui/tag";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.contact.name} · Contacts · ${data.accountName}` : "Contact" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.read");
  const contact = (await findContact(scope, args.params.contactId ?? "")) ?? notFound();
  const base = `/${scope.account.slug}/contacts`;
  const list = listBehind(args, base);
  const [neighbours, related, history] = await Promise.all([
    list ? findNeighbours(scope, viewOfList(list), contact.id) : null,
    listRelated(scope, contact.id),
    listHistory(scope, contact.id, { limit: LATEST_FEW }),
  ]);
  return {
    accountName: scope.account.name,
    base,
    list,
    neighbours,
    letter: contact.values.kind === "estate" ? await findLetterAddress(scope, contact) : null,
    place: scope.place,
    home: scope.account.phoneCountry,
    now: scope.clock.now(),
    may: { write: can(scope, "contacts.write"), archive: can(scope, "contacts.archive") },
    contact,
    related,
    history,
    campaignHref: can(scope, "campaigns.write") ? `/${scope.account.slug}/campaigns/joining` : null,
    suppressionsHref: can(scope, "suppressions.read") ? `/${scope.account.slug}/suppressions` : null,
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
      {values.diedOn ? (
        <Banner tone="warn">
          Died on {diedFact(values, place.locale)}: nothing is sent to {contact.name} any more.
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
            <Home />
            <Consent />
            <History />
          </>
        }
      >
        <Known />
      </Columns>
    </>
  );
}

function Actions() {
  const { base, campaignHref, contact, list, may, related } = useLoaderData<typeof loader>();
  return (
    <ContactActions
      campaignHref={campaignHref}
      contact={contact}
      related={related}
      href={`${base}/${contact.id}`}
      deletionHref={`${base}/deletion`}
      list={list}
      may={may}
    />
  );
}

function useFacts() {
  const { base, contact, list, place, home, may } = useLoaderData<typeof loader>();
  const unpinHref = (field: ContactField) => withBack(`${base}/${contact.id}/unpinning/${field}`, list);
  const recordHref = (id: string) => base.replace(/contacts$/, `data/canonical/${id}`);
  return { contact, place, home, recordHref, unpinHref: may.write ? unpinHref : null };
}

function Known() {
  const { base, list, letter, now, contact, suppressionsHref } = useLoaderData<typeof loader>();
  const shared = useFacts();
  return (
    <>
      {letter ? <LetterPanel letter={letter} href={(id) => withBack(`${base}/${id}`, list)} /> : null}
      <ReachPanel {...shared} suppressed={contact.suppressed} suppressionsHref={suppressionsHref} />
      <AboutPanel {...shared} now={now} />
      <CustomPanel {...shared} />
      <NotesPanel {...shared} />
    </>
  );
}

function Home() {
  const { base, contact, list, may, place } = useLoaderData<typeof loader>();
  const { values, archived, household } = contact;
  if (!hasHousehold({ ...values, archived: archived !== null })) return null;
  const href = `${base}/${contact.id}/household`;
  return (
    <HouseholdPanel
      household={household}
      place={place}
      href={(id) => withBack(`${base}/${id}`, list)}
      addHref={may.write ? withBack(href, list) : null}
      sayHref={(id, saying) => withBack(`${href}/${id}/${saying}`, list)}
    />
  );
}

function Consent() {
  const { base, contact, list, may, place, home, suppressionsHref } = useLoaderData<typeof loader>();
  const href = `${base}/${contact.id}/do-not-contact`;
  const shown = contact.suppressed.map((entry) =>
    entry.channel === "phone" ? { ...entry, value: phoneText(entry.value, home) } : entry,
  );
  return (
    <ConsentPanel
      marks={contact.marks}
      place={place}
      markHref={may.write ? withBack(href, list) : null}
      liftHref={(markId) => withBack(`${href}/${markId}/lifting`, list)}
      suppressed={shown}
      suppressionsHref={suppressionsHref}
    />
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
  const { base, contact, list, history, place, now } = useLoaderData<typeof loader>();
  return (
    <Panel title="History" actions={<a href={withBack(`${base}/${contact.id}/history`, list)}>All of it</a>}>
      <ContactHistory entries={history.entries} base={base} place={place} now={now} />
    </Panel>
  );
}
