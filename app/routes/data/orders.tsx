import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { orderKind, orderSubject } from "~/features/reconciliation/records/order-subject.server";
import { loadRecordList } from "~/routes/data/kept-records.server";
import { RecordList } from "~/routes/data/record-list";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Orders · Data · ${data.accountName}` : "Orders" },
];

export const loader = (args: LoaderFunctionArgs) => loadRecordList(args, orderKind, orderSubject.noun);

export default function Orders() {
  const view = useLoaderData<typeof loader>();
  return <RecordList view={view} line="What the shops sold, each as its shop says it now: mapped, checked and in one spelling." />;
}
