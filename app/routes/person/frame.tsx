import { type LoaderFunctionArgs } from "@remix-run/node";
import { Outlet, useLoaderData } from "@remix-run/react";
import { FlashBanner } from "~/flash-banner";
import { requirePerson, requireScope } from "~/http/scope.server";
import { accountBehind } from "~/http/visitor-place.server";
import { AccountFrame } from "~/routes/account-frame";
import { frameFacts } from "~/routes/frame-facts.server";
import { OutsideFrame } from "~/ui/outside-frame";

/** The frame of the account that the person came from, else of their first; null for who has a place in none. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const visitor = await requirePerson({ request, context });
  const account = accountBehind(visitor, request);
  if (!account) return null;
  const scope = await requireScope({ request, context, params: { account: account.slug } }, "account.read");
  return frameFacts(scope, visitor);
}

export default function PersonFrame() {
  const facts = useLoaderData<typeof loader>();
  if (facts) {
    return (
      <AccountFrame facts={facts}>
        <Outlet />
      </AccountFrame>
    );
  }
  return (
    <OutsideFrame place={<a href="/">Back to the start</a>} wide>
      <FlashBanner />
      <Outlet />
    </OutsideFrame>
  );
}
