import { Table } from "~/ui/table";
import { Time } from "~/ui/time";

interface Shown {
  at: string;
  text: string;
  ago: string;
}

function When({ at, text, ago }: Shown) {
  return (
    <Time at={at} title={ago}>
      {text}
    </Time>
  );
}

interface Line {
  id: string;
  name: string;
  kind: string;
  changed: Shown;
}

/** The contacts that were changed last. */
export function ChangedLast({ base, contacts }: { base: string; contacts: Line[] }) {
  return (
    <Table
      caption="Contacts that changed last"
      columns={[
        { key: "name", label: "Name", cell: (contact) => contact.name },
        { key: "kind", label: "Kind", cell: (contact) => contact.kind },
        { key: "changed", label: "Changed", cell: (contact) => <When {...contact.changed} /> },
      ]}
      rows={contacts}
      rowKey={(contact) => contact.id}
      href={(contact) => `${base}/contacts/${contact.id}`}
      bare
    />
  );
}
