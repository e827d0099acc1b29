import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { roleNames } from "~/features/accounts/rights";
import { deviceName } from "~/features/sign-in/device-name";
import { findProfile } from "~/features/sign-in/profile.server";
import { findSecondFactor } from "~/features/sign-in/second-factor.server";
import { listSessions } from "~/features/sign-in/sessions.server";
import { notFound } from "~/http/answers.server";
import { installationScope, requirePerson } from "~/http/scope.server";
import { accountBehind, visitorPlace } from "~/http/visitor-place.server";
import { networkAddressText } from "~/platform/network-address";
import { localeOptions } from "~/platform/locales.server";
import { dateIn, formatDate, formatInstant } from "~/platform/time";
import { type RouteHandle } from "~/route-handle";
import { ProfileFields } from "~/routes/person/profile-fields";
import { saveProfile } from "~/routes/person/save-profile.server";
import { Accounts, FewCodes, HowYouSignIn, Sessions } from "~/routes/person/profile-panels";
import { PageHead } from "~/ui/page-head";

export const meta: MetaFunction = () => [{ title: "You and your sign-in · Tallybook" }];

export const handle = { narrow: true } satisfies RouteHandle;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const visitor = await requirePerson({ request, context });
  const { user, sessionId, places } = visitor;
  const scope = installationScope(context);
  const profile = (await findProfile(scope, user.id)) ?? notFound();
  const factor = await findSecondFactor(scope, user.id);
  const sessions = await listSessions(scope, user.id);
  const [behind, where] = [accountBehind(visitor, request), visitorPlace(visitor, request)];
  const example = { currency: behind?.currency ?? "GBP", date: dateIn(where.timeZone, scope.clock.now()) };
  return {
    profile,
    email: user.email,
    isOperator: user.isOperator,
    back: behind && { href: `/${behind.slug}`, label: behind.name },
    locales: localeOptions(example, profile.locale),
    places: places.map(({ account, role }) => ({
      name: account.name,
      href: `/${account.slug}`,
      role: roleNames[role],
    })),
    factorSince: factor.enrolledAt ? formatDate(where, factor.enrolledAt) : null,
    codesLeft: factor.recoveryCodesLeft,
    timeZone: where.timeZone,
    sessions: sessions.map(({ id, device, address, startedAt, seenAt }) => ({
      id,
      device: deviceName(device),
      address: addressText(address),
      since: formatInstant(where, startedAt),
      seen: formatInstant(where, seenAt),
      isThis: id === sessionId,
    })),
  };
}

export function action(args: ActionFunctionArgs) {
  return saveProfile(args);
}

function addressText(address: string | null): string {
  return address === null ? "unknown" : networkAddressText(address);
}

export type ProfilePage = ReturnType<typeof useLoaderData<typeof loader>>;

export default function Profile() {
  const page = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title={page.profile.name} line={page.email} back={page.back ?? undefined} />
      {page.factorSince ? <FewCodes left={page.codesLeft} /> : null}
      <ProfileFields profile={page.profile} locales={page.locales} refused={useActionData<typeof action>()} />
      <div className="mt-8">
        <HowYouSignIn {...page} />
        <Sessions {...page} />
        <Accounts {...page} />
      </div>
    </>
  );
}
