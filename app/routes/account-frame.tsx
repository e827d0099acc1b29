import { useLocation, useMatches, useSearchParams } from "@remix-run/react";
import { type ReactNode } from "react";
import { FlashBanner } from "~/flash-banner";
import { type RouteHandle } from "~/route-handle";
import { type FrameFacts } from "~/routes/frame-facts.server";
import { Frame } from "~/ui/frame";

/** A search on the list of contacts stays within its filters. */
function narrowing(search: URLSearchParams): Record<string, string> {
  const kept = ["kind", "tag", "archived", "sort", "order"].map((name) => [name, search.get(name) ?? ""] as const);
  return Object.fromEntries(kept.filter(([, value]) => value !== ""));
}

/** Where a page stands, as the sections see it: not every address begins with that of its section. */
function placeOf(pathname: string, { account, section }: { account: string; section?: string | null }): string {
  if (section) return `${account}/${section}`;
  // An import's first page stands under the contacts, as the imports' own addresses are those of files that are here.
  if (pathname === `${account}/contacts/import`) return `${account}/imports`;
  return pathname === `${account}/runs` ? `${account}/work` : pathname;
}

/** Round the pages of an account, and round a person's own while they are with an account. */
export function AccountFrame({ facts, children }: { facts: FrameFacts; children: ReactNode }) {
  const { account, accounts, counts, maySeeCampaigns, mayManageConnectors, maySeeSettings } = facts;
  const { href: personHref, ...person } = facts.person;
  const { pathname } = useLocation();
  const [search] = useSearchParams();
  const handles = useMatches().map(({ handle, data }) => ({ handle: handle as RouteHandle | undefined, data }));
  const isNarrow = handles.some(({ handle }) => handle?.narrow);
  const told = handles.map(({ handle, data }) => handle?.section?.(data) ?? null).find((section) => section !== null);
  // Whoever sees no connectors finds their runs among the work.
  const section = told === "connectors" && !mayManageConnectors ? "work" : told;
  const contacts = `${account.href}/contacts`;
  const place = placeOf(pathname, { account: account.href, section });
  const isSuppression = `${pathname}/`.startsWith(`${account.href}/suppressions/`);
  const within = (path: string) => place === path || place.startsWith(`${path}/`);
  const sections: { href: string; label: string; holds?: boolean }[] = [
    { href: contacts, label: "Contacts", holds: isSuppression },
    ...(maySeeCampaigns ? [{ href: `${account.href}/campaigns`, label: "Campaigns" }] : []),
    ...(mayManageConnectors ? [{ href: `${account.href}/connectors`, label: "Connectors" }] : []),
    ...(facts.maySeeReconciliations ? [{ href: `${account.href}/reconciliations`, label: "Reconciliations" }] : []),
    { href: `${account.href}/imports`, label: "Imports" },
    { href: `${account.href}/changes`, label: "Changes" },
    { href: `${account.href}/work`, label: "Work" },
    { href: `${account.href}/data`, label: "Data" },
    { href: `${account.href}/members`, label: "Members" },
    ...(maySeeSettings ? [{ href: `${account.href}/settings`, label: "Settings" }] : []),
  ];
  return (
    <Frame
      account={account}
      nav={[
        { href: account.href, label: "Home", current: pathname === account.href },
        ...sections.map(({ holds, ...section }) => ({ ...section, current: holds === true || within(section.href) })),
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
        links: [{ href: personHref, label: "You and your sign-in" }],
        accounts,
        signOutAction: "/sign-out",
      }}
      narrow={isNarrow}
    >
      <FlashBanner />
      {children}
    </Frame>
  );
}
