import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Outlet, useLoaderData } from "@remix-run/react";
import { requirePerson, requireScope } from "~/http/scope.server";
import { AccountFrame } from "~/routes/account-frame";
import { frameFacts } from "~/routes/frame-facts.server";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.account.name ?? "Tallybook"} · Tallybook` },
];

/** The frame's facts. It guards nothing but itself: each page inside asks for its own right. */
export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "account.read");
  return frameFacts(scope, await requirePerson(args));
}

export default function Account() {
  return (
    <AccountFrame facts={useLoaderData<typeof loader>()}>
      <Outlet />
    </AccountFrame>
  );
}
