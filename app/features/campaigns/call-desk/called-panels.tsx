/** What a caller sees of a contact beside the number: who it is, what was said before. */
import { type ReactNode } from "react";
import { type RelatedContact } from "~/features/contacts/relationships/related.server";
import { EmailLink } from "~/features/contacts/values/reach-links";
import { Facts } from "~/ui/facts";
import { Panel } from "~/ui/panel";
import { Trail } from "~/ui/trail";

export interface CalledNumber {
  value: string;
  /** As people here write it. */
  text: string;
  /** Null: no telephone dials it. */
  href: string | null;
  /** "mobile, evenings only". */
  beside: string;
  /** Why it is not to be used. */
  warning: string | null;
}

/** The number to be called as large as a thumb, the others below. */
export function DialPanel({ numbers, children }: { numbers: readonly CalledNumber[]; children: ReactNode }) {
  const [main, ...others] = numbers;
  return (
    <Panel>
      {main ? <Dial number={main} isMain /> : <p className="quiet">There is no number to call.</p>}
      {others.length > 0 ? (
        <ul className="dials" aria-label="Other numbers">
          {others.map((number) => (
            <li key={number.value}>
              <Dial number={number} />
            </li>
          ))}
        </ul>
      ) : null}
      {children}
    </Panel>
  );
}

function Dial({ number, isMain = false }: { number: CalledNumber; isMain?: boolean }) {
  const { text, href, beside, warning } = number;
  return (
    <div>
      {href && !warning ? (
        <a className={isMain ? "dial main" : "dial"} href={href}>
          <span className="sr-only">Call </span>
          {text}
        </a>
      ) : (
        <strong>{text}</strong>
      )}
      {beside ? <span className="quiet"> {beside}</span> : null}
      {warning ? <p className="small">This is {warning}.</p> : null}
    </div>
  );
}

export interface KnownFacts {
  facts: { label: string; value: string }[];
  emails: string[];
  related: RelatedContact[];
  notes: string | null;
}

export function KnownPanel({ facts, emails, related, notes, contactsHref }: KnownFacts & { contactsHref: string }) {
  return (
    <Panel title="What is known">
      <Facts
        facts={[
          ...facts,
          ...emails.map((email) => ({ label: "Email", value: <EmailLink address={email} /> })),
          ...related.map((other) => ({
            label: other.words.charAt(0).toUpperCase() + other.words.slice(1),
            value: <a href={`${contactsHref}/${other.contactId}`}>{other.name}</a>,
            source: other.note ?? undefined,
          })),
        ]}
      />
      {facts.length + emails.length + related.length === 0 && !notes ? (
        <p className="quiet">Nothing more than the number.</p>
      ) : null}
      {notes ? <p className="mt-3 whitespace-pre-wrap">{notes}</p> : null}
    </Panel>
  );
}

export interface SaidLine {
  key: string;
  at: string;
  text: string;
}

export function SaidPanel({ title, lines }: { title: string; lines: readonly SaidLine[] }) {
  if (lines.length === 0) return null;
  return (
    <Panel title={title}>
      <Trail entries={[...lines]} />
    </Panel>
  );
}
