import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { transactionKind, transactionSubject } from "~/features/reconciliation/records/transaction-subject.server";
import { KeptRecordPage } from "~/routes/data/kept-record";
import { loadKeptRecord } from "~/routes/data/kept-records.server";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.name} · Transactions · ${data.accountName}` : "Transactions" },
];

export const loader = (args: LoaderFunctionArgs) => loadKeptRecord(args, transactionKind, transactionSubject.noun);

export default function Transaction() {
  return <KeptRecordPage view={useLoaderData<typeof loader>()} />;
}
