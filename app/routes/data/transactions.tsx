import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { transactionKind, transactionSubject } from "~/features/reconciliation/records/transaction-subject.server";
import { loadRecordList } from "~/routes/data/kept-records.server";
import { RecordList } from "~/routes/data/record-list";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Transactions · Data · ${data.accountName}` : "Transactions" },
];

export const loader = (args: LoaderFunctionArgs) => loadRecordList(args, transactionKind, transactionSubject.noun);

export default function Transactions() {
  const view = useLoaderData<typeof loader>();
  return <RecordList view={view} line="What analytics tracked as bought: mapped, checked and in one spelling." />;
}
