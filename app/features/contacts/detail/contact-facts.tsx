import { type ReactNode } from "react";
import { type ContactField } from "~/features/contacts/contact";
import { nameOfField } from "~/features/contacts/custom/custom-field";
import { type ContactDetail, type RecordSource } from "~/features/contacts/detail/find-contact.server";
import { type ValueWithOrigin } from "~/features/contacts/detail/provenance";
import { type SourcedFact } from "~/features/contacts/detail/sourced-facts";
import { formatShortDate, type Place } from "~/platform/time";
import { Button } from "~/ui/button";

/** A contact's values with where each comes from, as facts of a page. */

interface FactOptions {
  contact: ContactDetail;
  field: ContactField;
  place: Place;
  /** Where a field is unpinned, when the reader may do it, else null: then there is no button. */
  unpinHref: ((field: ContactField) => string) | null;
  /** Where a value is followed back to the record that says it. */
  recordHref: (recordId: string) => string;
  show?: (value: ValueWithOrigin) => ReactNode;
}

/** One fact for each value of a field; the last one tells whether it is pinned, and what other records say. */
export function factsOf({ show = ({ text }) => text, ...options }: FactOptions): SourcedFact[] {
  const { contact, field, place, recordHref } = options;
  const { values: all, others } = contact.origins[field] ?? { values: [], others: [] };
  const values = field === "tags" ? togetherBySource(all) : all;
  const label = nameOfField(field, contact.fields);
  const facts: SourcedFact[] = values.map((value, index) => ({
    label,
    value: show(value),
    mark: [value.label, value.note, index === 0 && values.length > 1 && field !== "tags" ? "first choice" : null]
      .filter(Boolean)
      .join(" · "),
    origin: sourceText(contact, field, value, place) ?? saidNowhere(field),
    originHref: value.recordId === null ? null : `${recordHref(value.recordId)}#${field}`,
    why: index === values.length - 1 ? whyThis({ ...options, others }) : null,
  }));
  if (facts.length > 0 || others.length === 0) return facts;
  // Emptied by hand though a record says something: worth telling.
  const emptied = <span className="quiet">empty</span>;
  return [{ label, value: emptied, mark: "", origin: null, why: whyThis({ ...options, others }) }];
}

/** Who is a person is seldom told: that they are anything else is. */
function saidNowhere(field: ContactField): string {
  return field === "kind" ? "as long as no record says otherwise" : "in no record any more";
}

/** Tags are short: those of one record stand together. */
function togetherBySource(tags: readonly ValueWithOrigin[]): ValueWithOrigin[] {
  const groups = new Map<string | null, ValueWithOrigin>();
  for (const tag of tags) {
    const group = groups.get(tag.recordId);
    groups.set(tag.recordId, group ? { ...group, text: `${group.text}, ${tag.text}` } : tag);
  }
  return [...groups.values()];
}

function sourceText(contact: ContactDetail, field: ContactField, value: ValueWithOrigin, place: Place): string | null {
  const source = value.recordId === null ? undefined : contact.sources[value.recordId];
  const pin = contact.pins[field];
  if (pin && (!source || source.source === "by-hand")) {
    return `by hand, ${[pin.by, formatShortDate(place, pin.at)].filter(Boolean).join(", ")}, pinned`;
  }
  return source ? recordText(source, place) : null;
}

function recordText(source: RecordSource, place: Place): string {
  const date = formatShortDate(place, source.at);
  if (source.source === "by-hand") return `by hand, ${[source.who, date].filter(Boolean).join(", ")}`;
  if (source.source === "connector") return `from ${source.fileName ?? "a connector"}, ${date}`;
  const line = source.line === null ? "" : `, line ${source.line.toLocaleString(place.locale)}`;
  return `from ${source.fileName === null ? "a file" : `file “${source.fileName}”`}${line}, ${date}`;
}

function OtherSource({
  contact,
  field,
  place,
  recordHref,
  other,
}: Omit<FactOptions, "show" | "unpinHref"> & { other: ValueWithOrigin }) {
  const words = sourceText({ ...contact, pins: {} }, field, other, place);
  return (
    <span className="quiet">
      {" "}
      {other.recordId === null ? words : <a href={`${recordHref(other.recordId)}#${field}`}>{words}</a>}
    </span>
  );
}

function whyThis({
  contact,
  field,
  place,
  unpinHref,
  recordHref,
  others,
}: Omit<FactOptions, "show"> & { others: readonly ValueWithOrigin[] }) {
  const isPinned = contact.pins[field] !== undefined;
  if (others.length === 0 && !(isPinned && Object.keys(contact.sources).length > 1)) return null;
  return (
    <details key="why" className="no-print">
      <summary>Why this one?</summary>
      <p>
        {isPinned
          ? "It was put in by hand and is pinned: no import overwrites it."
          : "The newest record that says anything is taken; of emails, phones and the like all are kept."}
      </p>
      {others.length > 0 ? (
        <ul>
          {others.map((other) => (
            <li key={other.key}>
              {other.text}
              <OtherSource contact={contact} field={field} place={place} recordHref={recordHref} other={other} />
            </li>
          ))}
        </ul>
      ) : null}
      {isPinned && unpinHref ? (
        <form method="post" action={unpinHref(field)}>
          <Button small>
            Unpin<span className="sr-only"> {nameOfField(field, contact.fields).toLowerCase()}</span>
          </Button>
        </form>
      ) : null}
    </details>
  );
}
