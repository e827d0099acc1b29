import { birthdayFact, diedFact } from "~/features/contacts/values/birthday";
import { type ContactField } from "~/features/contacts/contact";
import { fieldOf } from "~/features/contacts/custom/custom-field";
import { safeLink } from "~/features/contacts/custom/custom-value";
import { factsOf } from "~/features/contacts/detail/contact-facts";
import { type ContactDetail } from "~/features/contacts/detail/find-contact.server";
import { type LetterAddress } from "~/features/contacts/relationships/letter-address";
import { EmailLink, PhoneLink } from "~/features/contacts/values/reach-links";
import { type SourcedFact, SourcedFacts, SourceLine } from "~/features/contacts/detail/sourced-facts";
import { type SuppressedValue, suppressedText } from "~/features/contacts/suppression/suppression";
import { timeZoneText } from "~/features/contacts/values/time-zone";
import { dateIn, type Place } from "~/platform/time";
import { Panel } from "~/ui/panel";

/** The sheets of a contact's page that tell what is known. What is not known is not shown. */

interface PanelProps {
  contact: ContactDetail;
  place: Place;
  /** ISO 3166-1 alpha-2: whose phone numbers are written without a country code. */
  home: string;
  /** Where a field is unpinned; null: the reader may not. */
  unpinHref: ((field: ContactField) => string) | null;
  /** Where a value is followed back to the record that says it. */
  recordHref: (recordId: string) => string;
}

interface ReachPanelProps extends PanelProps {
  /** Of its addresses and numbers those on the suppression list. */
  suppressed: readonly SuppressedValue[];
  /** Where that list is; null: the reader may not see it. */
  suppressionsHref: string | null;
}

export function ReachPanel({ suppressed, suppressionsHref, ...shared }: ReachPanelProps) {
  const beside = (text: string) => {
    const entry = suppressed.find(({ value }) => value === text);
    if (!entry) return null;
    const words = `This is ${suppressedText(entry, shared.place)}.`;
    return (
      <div className="small">{suppressionsHref ? <a href={`${suppressionsHref}/${entry.id}`}>{words}</a> : words}</div>
    );
  };
  const email = (text: string) => (
    <>
      <EmailLink address={text} />
      {beside(text)}
    </>
  );
  const phone = (text: string) => (
    <>
      <PhoneLink value={text} home={shared.home} />
      {beside(text)}
    </>
  );
  const facts = [
    ...factsOf({ ...shared, field: "emails", show: ({ text }) => email(text) }),
    ...factsOf({ ...shared, field: "phones", show: ({ key }) => phone(key) }),
    ...factsOf({ ...shared, field: "addresses" }),
  ];
  return (
    <Panel title="How to reach them">
      {facts.length > 0 ? <SourcedFacts facts={facts} /> : <p className="quiet">No email, phone or address yet.</p>}
    </Panel>
  );
}

/** To where one writes to an estate. */
export function LetterPanel({ letter, href }: { letter: LetterAddress; href: (contactId: string) => string }) {
  return (
    <Panel title="Letters go to">
      {letter.ok ? (
        <>
          <address className="not-italic">
            {letter.lines.map((line, index) => (
              <div key={index}>{line}</div>
            ))}
          </address>
          {letter.careOf ? (
            <p className="panel-source">
              The address of <a href={href(letter.careOf.id)}>{letter.careOf.name}</a>, who acts for it.
            </p>
          ) : null}
        </>
      ) : (
        <p>{letter.reason}</p>
      )}
    </Panel>
  );
}

export function AboutPanel({ now, ...shared }: PanelProps & { now: string }) {
  const { contact, place } = shared;
  const day = { locale: place.locale, today: dateIn(place.timeZone, now) };
  return (
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
          ...derived(contact),
          ...factsOf({ ...shared, field: "tags" }),
          ...owned(contact),
        ]}
      />
    </Panel>
  );
}

function derived({ derivedZone: zone }: ContactDetail): SourcedFact[] {
  if (!zone) return [];
  return [{ label: "Time zone", value: timeZoneText(zone.zone), mark: `derived from the ${zone.from}`, origin: null }];
}

function owned({ owner }: ContactDetail): SourcedFact[] {
  return owner ? [{ label: "Looked after by", value: owner.name, mark: "", origin: null }] : [];
}

/** What it says of the account's own fields. */
export function CustomPanel(shared: PanelProps) {
  const facts = shared.contact.fields.flatMap((definition) => {
    const field = fieldOf(definition);
    const link = definition.type === "link" ? safeLink(shared.contact.values[field] ?? "") : null;
    return factsOf({ ...shared, field, show: ({ text }) => (link ? <WebLink href={link} text={text} /> : text) });
  });
  if (facts.length === 0) return null;
  return (
    <Panel title="Further details">
      <SourcedFacts facts={facts} />
    </Panel>
  );
}

function WebLink({ href, text }: { href: string; text: string }) {
  return (
    <a className="break-all" href={href} rel="noopener noreferrer nofollow">
      {text}
    </a>
  );
}

export function NotesPanel(shared: PanelProps) {
  const [notes] = factsOf({ ...shared, field: "notes" });
  if (!notes) return null;
  return (
    <Panel title="Notes">
      <div className="whitespace-pre-wrap">{notes.value}</div>
      <SourceLine fact={notes} />
    </Panel>
  );
}
