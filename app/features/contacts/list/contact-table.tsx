import { birthdayText } from "~/features/contacts/values/birthday";
import { isCustomField, kindNames } from "~/features/contacts/contact";
import {
  type ContactListView,
  type ContactSort,
  shownColumns,
  sortedBy,
  viewQuery,
} from "~/features/contacts/list/contact-list";
import { EmailText } from "~/features/contacts/values/email-text";
import { markNames } from "~/features/contacts/list/list-chips";
import { customCell } from "~/features/contacts/custom/custom-cell";
import { definitionOf, type FieldDefinition } from "~/features/contacts/custom/custom-field";
import { type BuiltInColumn, columnName, type ContactColumn } from "~/features/contacts/list/list-columns";
import { type ListedContact } from "~/features/contacts/list/list-row.server";
import { rowId, withBack } from "~/features/contacts/list/way-back";
import { formatShortDate, type Place } from "~/platform/time";
import { type HitRange, Marked } from "~/ui/mark";
import { type Column, Table } from "~/ui/table";
import { Tags } from "~/ui/tag";
import { Time } from "~/ui/time";
import { type ReactNode } from "react";

export interface MarkedContact extends ListedContact {
  ownerName: string | null;
  languageName: string | null;
  /** Where the search hit: by field, in the text as shown. */
  hits: Record<"name" | "company" | "email" | "phone", HitRange[]>;
}

interface ContactTableProps {
  contacts: MarkedContact[];
  view: ContactListView;
  /** `/acme/contacts` */
  base: string;
  /** The list's own address, to come back to. */
  back: string;
  place: Place;
  /** By which columns the list can be sorted. */
  sorts: readonly ContactSort[];
  canChoose: boolean;
  /** The account's own that are in use. */
  fields?: readonly FieldDefinition[];
  foot: ReactNode;
}

/** The list of contacts. */
export function ContactTable({
  contacts,
  view,
  base,
  back,
  place,
  sorts,
  canChoose,
  fields = [],
  foot,
}: ContactTableProps) {
  const columns = columnsOf(view, base, { place, sorts, fields });
  // Where the company has a column of its own, it is not said twice.
  const isUnder = !columns.some((column) => column.key === "company");
  return (
    <Table
      caption={view.archived ? "Archived contacts" : "Contacts"}
      columns={columns}
      rows={contacts}
      rowKey={(contact) => contact.id}
      rowId={(contact) => rowId(contact.id)}
      href={(contact) => withBack(`${base}/${contact.id}`, back)}
      under={({ company, name, hits }) =>
        isUnder && company && company !== name ? <Marked text={company} ranges={hits.company} /> : null
      }
      ticks={
        canChoose
          ? { name: "id", value: (contact) => contact.id, label: (contact) => `Choose ${contact.name}` }
          : undefined
      }
      foot={foot}
    />
  );
}

type Cells = Record<BuiltInColumn, Omit<Column<MarkedContact>, "key" | "label">>;

/** How each column is shown. */
function cellsOf(place: Place): Cells {
  const date = (at: string) => <Time at={at}>{formatShortDate(place, at)}</Time>;
  return {
    company: { cell: ({ company, hits }) => <Marked text={company ?? ""} ranges={hits.company} /> },
    jobTitle: { cell: ({ jobTitle }) => jobTitle },
    email: { onPhone: "plain", cell: ({ email, hits }) => <EmailText text={email ?? ""} ranges={hits.email} /> },
    phone: {
      fit: "keep",
      onPhone: "plain",
      cell: ({ phone, hits }) => <Marked text={phone ?? ""} ranges={hits.phone} />,
    },
    city: { cell: ({ city }) => city },
    owner: { cell: ({ ownerName }) => ownerName },
    kind: { onPhone: "hidden", cell: ({ kind }) => kindNames[kind] },
    tags: { onPhone: "plain", cell: ({ tags }) => <Tags labels={tags} /> },
    marks: { cell: ({ marks }) => marks.map((mark) => markNames[mark]).join(", ") },
    birthday: { fit: "keep", cell: ({ birthday }) => (birthday ? birthdayText(birthday, place.locale) : "") },
    language: { cell: ({ languageName }) => languageName },
    timeZone: { cell: ({ timeZone }) => timeZone?.replaceAll("_", " ") },
    created: { fit: "keep", onPhone: "hidden", cell: ({ createdAt }) => date(createdAt) },
    changed: { fit: "keep", onPhone: "hidden", cell: ({ changedAt }) => date(changedAt) },
  };
}

function isSort(column: string, sorts: readonly ContactSort[]): column is ContactSort {
  return sorts.some((sort) => sort === column);
}

function columnsOf(
  view: ContactListView,
  base: string,
  { place, sorts, fields }: Required<Pick<ContactTableProps, "place" | "sorts" | "fields">>,
): Column<MarkedContact>[] {
  const sortOf = (column: string) =>
    isSort(column, sorts)
      ? {
          href: base + viewQuery(view, sortedBy(view, column)),
          order: view.sort === column ? view.order : undefined,
        }
      : undefined;
  const cells = cellsOf(place);
  const cellOf = (column: ContactColumn) => {
    const definition = isCustomField(column) ? definitionOf(column, fields) : undefined;
    return isCustomField(column) ? definition && customCell(definition, place.locale) : cells[column];
  };
  return [
    {
      key: "name",
      label: "Name",
      sort: sortOf("name"),
      cell: ({ listName, hits }) => <Marked text={listName} ranges={hits.name} />,
    },
    ...shownColumns(view).flatMap((column) => {
      const [label, cell] = [columnName(column, fields), cellOf(column)];
      if (label === null || !cell) return [];
      // Whoever has chosen a column sees it on a phone, too.
      const onPhone = view.columns && cell.onPhone === "hidden" ? { onPhone: "labelled" as const } : {};
      return [{ key: column, label, sort: sortOf(column), ...cell, ...onPhone }];
    }),
  ];
}
