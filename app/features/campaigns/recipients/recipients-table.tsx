import { responseNames, type Response } from "~/features/campaigns/campaign";
import { type LeftOut, leftOutNames } from "~/features/campaigns/recipients/left-out";
import { EmailText } from "~/features/contacts/values/email-text";
import { Status, type StatusKind } from "~/ui/status";
import { type Column, Table } from "~/ui/table";

export const responseLooks: Record<Response, StatusKind> = {
  pending: "pending",
  responded: "responded",
  converted: "converted",
  "not-interested": "declined",
};

export interface RecipientLine {
  contactId: string;
  name: string;
  href: string;
  address: string;
  writtenTo: string | null;
  leftOut: LeftOut | null;
  response: Response;
  respondedOn: string;
  value: string;
}

const answered: Column<RecipientLine>[] = [
  {
    key: "response",
    label: "Answer",
    cell: ({ response }) => <Status of={responseLooks[response]}>{responseNames[response]}</Status>,
  },
  { key: "respondedOn", label: "When", fit: "keep", cell: ({ respondedOn }) => respondedOn },
  { key: "value", label: "Value", numeric: true, cell: ({ value }) => value },
];

/** An email may break before its @, a number not at all. */
function addressed(recipients: readonly RecipientLine[]): Column<RecipientLine> {
  const areEmails = recipients.some(({ address }) => address.includes("@"));
  return {
    key: "address",
    label: "By",
    fit: areEmails ? undefined : "keep",
    onPhone: "plain",
    cell: ({ address }) => <EmailText text={address} />,
  };
}

interface RecipientsTableProps {
  recipients: RecipientLine[];
  leftOut: boolean;
  /** Rows can be ticked. */
  ticks: boolean;
}

/** A page of a campaign's list: those who are written to with their answers, or those who are left out with the reason. */
export function RecipientsTable({ recipients, leftOut, ticks }: RecipientsTableProps) {
  const columns: Column<RecipientLine>[] = [
    { key: "name", label: "Recipient", cell: ({ name }) => name },
    // Of letters it is not known in one line.
    ...(recipients.some(({ address }) => address !== "") ? [addressed(recipients)] : []),
    ...(leftOut
      ? [
          {
            key: "leftOut",
            label: "Left out because",
            cell: ({ leftOut }: RecipientLine) => (leftOut ? leftOutNames[leftOut] : ""),
          },
        ]
      : answered),
  ];
  return (
    <Table
      caption={leftOut ? "Left out" : "Recipients"}
      rows={recipients}
      rowKey={({ contactId }) => contactId}
      href={({ href }) => href}
      under={({ writtenTo }) => (writtenTo ? `in care of ${writtenTo}` : null)}
      ticks={ticks ? { name: "id", value: ({ contactId }) => contactId, label: ({ name }) => name } : undefined}
      columns={columns}
    />
  );
}
