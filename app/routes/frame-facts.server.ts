import { logoHref } from "~/features/accounts/logo-address";
import { can, roleNames } from "~/features/accounts/rights";
import { frameCounts } from "~/features/pipeline/run/frame-counts.server";
import { type Visitor } from "~/features/sign-in/sessions.server";
import { type Scope } from "~/platform/scope.server";

/** What the frame of an account shows to whoever is in it. */
export async function frameFacts(scope: Scope, { places }: Visitor) {
  const { account } = scope;
  return {
    counts: await frameCounts(scope),
    account: { name: account.name, colour: account.colour, href: `/${account.slug}`, logo: logoHref(account) },
    person: { name: scope.user?.name ?? "", role: roleNames[scope.role], href: `/person?in=${account.slug}` },
    accounts: places.map((place) => ({
      name: place.account.name,
      colour: place.account.colour,
      href: `/${place.account.slug}`,
      current: place.account.id === account.id,
    })),
    maySeeCampaigns: can(scope, "campaigns.read"),
    mayManageConnectors: can(scope, "connectors.manage"),
    maySeeReconciliations: can(scope, "reconciliations.read"),
    maySeeSettings: can(scope, "settings.read"),
  };
}

export type FrameFacts = Awaited<ReturnType<typeof frameFacts>>;
