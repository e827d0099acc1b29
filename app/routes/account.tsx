import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Outlet, useLoaderData, useLocation, useMatches, useSearchParams } from "@remix-run/react";
import { can, roleNames } from "~/features/accounts/rights";
import { frameCounts } from "~/features/pipeline/frame-counts.server";
import { FlashBanner } from "~/flash-banner";
import { requirePerson, requireScope } from "~/http/scope.server";
import { type RouteHandle } from "~/route-handle";
import { Frame } from "~/ui/frame";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.account.name ?? "Tallybook"} · Tallybook` },
];

/** The frame's facts. It guards nothing but itself: each page inside asks for its own right. */
export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "account.read");
  const { places } = await requirePerson(args);
  const { account } = scope;
  return {
    counts: await frameCounts(scope),
    account: { name: account.name, colour: account.colour, href: `/${account.slug}` },
    person: { name: scope.user?.name ?? "", role: roleNames[scope.role] },
    accounts: places.map((place) => ({
      name: place.account.name,
      colour: place.account.colour,
      href: `/${place.account.slug}`,
      current: place.account.id === account.id,
    })),
    maySeeSettings: can(scope, "settings.read"),
  };
}

/** A search on the list of contacts stays within its filters. */
function narrowing(search: URLSearchParams): Record<string, string> {
  const kept = ["kind", "tag", "archived", "sort", "order"].map((name) => [name, search.get(name) ?? ""] as const);
  return Object.fromEntries(kept.filter(([, value]) => value !== ""));
}

export default function AccountFrame() {
  const { account, person, accounts, counts, maySeeSettings } = useLoaderData<typeof loader>();
  const { pathname } = useLocation();
  const [search] = useSearchParams();
  const isNarrow = useMatches().some((match) => (match.handle as RouteHandle | undefined)?.narrow);
  const contacts = `${account.href}/contacts`;
  // An import's first page stands under the contacts, as the imports' own addresses are those of files that are here.
  const place = pathname === `${contacts}/import` ? `${account.href}/imports` : pathname;
  const within = (path: string) => place === path || place.startsWith(`${path}/`);
  const sections = [
    { href: contacts, label: "Contacts" },
    { href: `${account.href}/imports`, label: "Imports" },
    { href: `${account.href}/work`, label: "Work" },
    ...(maySeeSettings ? [{ href: `${account.href}/settings`, label: "Settings" }] : []),
  ];
  return (
    <Frame
      account={account}
      nav={[
        { href: account.href, label: "Home", current: pathname === account.href },
        ...sections.map((section) => ({ ...section, current: within(section.href) })),
      ]}
      search={{
        action: contacts,
        label: "Search contacts",
        ...(pathname === contacts ? { value: search.get("q") ?? undefined, hidden: narrowing(search) } : {}),
      }}
      work={{ href: `${account.href}/work`, count: counts.work }}
      bell={{ href: `${account.href}/notices`, unread: counts.unread }}
      person={{
        ...person,
        links: [{ href: "/person", label: "You and your sign-in" }],
        accounts,
        signOutAction: "/sign-out",
      }}
      narrow={isNarrow}
    >
      <FlashBanner />
      <Outlet />
    </Frame>
  );
}
