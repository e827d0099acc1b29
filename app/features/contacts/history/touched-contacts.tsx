import { type TouchedContact } from "~/features/contacts/history/touched-contacts.server";
import { Panel } from "~/ui/panel";
import { type Column, Table } from "~/ui/table";

interface TouchedContactsProps {
  base: string;
  touched: TouchedContact[];
  isAll: boolean;
}

/** What a change set changed of each contact. */
export function TouchedContacts({ base, touched, isAll }: TouchedContactsProps) {
  return (
    <Panel title={isAll ? "What it changed" : `What it changed: the first ${touched.length}`}>
      <Table
        bare
        caption="What it changed"
        columns={columns}
        rows={touched}
        rowKey={({ position }) => String(position)}
        href={({ contactId, isThere }) => (isThere ? `${base}/contacts/${contactId}` : undefined)}
      />
    </Panel>
  );
}

const columns: Column<TouchedContact>[] = [
  {
    key: "name",
    label: "Contact",
    cell: ({ name, isNew, isThere }) => (
      <>
        {name}
        {isNew ? <span className="quiet"> new</span> : null}
        {isThere ? null : <span className="quiet"> deleted since</span>}
      </>
    ),
  },
  {
    key: "changes",
    label: "Changed",
    onPhone: "plain",
    cell: ({ changes, isNew }) => (
      <ul className="grid gap-1 small">
        {changes.map(({ label, before, after }) => (
          <li key={label}>
            {label}: {isNew ? null : before ? <del>{before}</del> : <span className="quiet">empty</span>}
            {isNew ? null : " → "}
            {after ? <ins>{after}</ins> : <span className="quiet">empty</span>}
          </li>
        ))}
      </ul>
    ),
  },
];
