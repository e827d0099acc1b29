import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { orderKind, orderSubject } from "~/features/reconciliation/records/order-subject.server";
import { KeptRecordPage } from "~/routes/data/kept-record";
import { loadKeptRecord } from "~/routes/data/kept-records.server";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.name} · Orders · ${data.accountName}` : "Orders" },
];

export const loader = (args: LoaderFunctionArgs) => loadKeptRecord(args, orderKind, orderSubject.noun);

export default function Order() {
  return <KeptRecordPage view={useLoaderData<typeof loader>()} />;
}
