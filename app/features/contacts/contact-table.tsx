import { kindNames } from "~/features/contacts/contact";
import { type ContactListView, type ContactSort, sortedBy, viewQuery } from "~/features/contacts/contact-list";
import { EmailText } from "~/features/contacts/email-text";
import { type ListedContact } from "~/features/contacts/list-row.server";
import { rowId, withBack } from "~/features/contacts/way-back";
import { formatShortDate, type Place } from "~/platform/time";
import { type HitRange, Marked } from "~/ui/mark";
import { type Column, Table } from "~/ui/table";
import { Tags } from "~/ui/tag";
import { Time } from "~/ui/time";
import { type ReactNode } from "react";

export interface MarkedContact extends ListedContact {
  /** Where the search hit: by field, in the text as shown. */
  hits: Record<"name" | "company" | "email" | "phone", HitRange[]>;
}

interface ContactTableProps {
  contacts: MarkedContact[];
  view: ContactListView;
  /** `/acme/contacts` */
  base: string;
  /** The list's own address, to come back to; null for the plain list. */
  back: string | null;
  place: Place;
  canChoose: boolean;
  foot: ReactNode;
}

/** The list of contacts. */
export function ContactTable({ contacts, view, base, back, place, canChoose, foot }: ContactTableProps) {
  return (
    <Table
      caption={view.archived ? "Archived contacts" : "Contacts"}
      columns={columnsOf(view, base, place)}
      rows={contacts}
      rowKey={(contact) => contact.id}
      rowId={(contact) => rowId(contact.id)}
      href={(contact) => withBack(`${base}/${contact.id}`, back)}
      under={({ company, name, hits }) =>
        company && company !== name ? <Marked text={company} ranges={hits.company} /> : null
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

function columnsOf(view: ContactListView, base: string, place: Place): Column<MarkedContact>[] {
  const sort = (by: ContactSort) => ({
    href: base + viewQuery(view, sortedBy(view, by)),
    order: view.sort === by ? view.order : undefined,
  });
  const dated = view.sort === "created" ? "created" : "changed";
  return [
    {
      key: "name",
      label: "Name",
      sort: sort("name"),
      cell: ({ listName, hits }) => <Marked text={listName} ranges={hits.name} />,
    },
    { key: "kind", label: "Kind", onPhone: "hidden", cell: ({ kind }) => kindNames[kind] },
    {
      key: "email",
      label: "Email",
      onPhone: "plain",
      sort: sort("email"),
      cell: ({ email, hits }) => <EmailText text={email ?? ""} ranges={hits.email} />,
    },
    {
      key: "phone",
      label: "Phone",
      fit: "keep",
      onPhone: "plain",
      cell: ({ phone, hits }) => <Marked text={phone ?? ""} ranges={hits.phone} />,
    },
    { key: "tags", label: "Tags", onPhone: "plain", cell: ({ tags }) => <Tags labels={tags} /> },
    {
      key: "dated",
      label: dated === "created" ? "Created" : "Changed",
      fit: "keep",
      onPhone: "hidden",
      sort: sort(dated),
      cell: (contact) => {
        const at = dated === "created" ? contact.createdAt : contact.changedAt;
        return <Time at={at}>{formatShortDate(place, at)}</Time>;
      },
    },
  ];
}
