/** The pages on which a connector is set up, served over the small system, as an administrator of one account sees them. */
import { subjects } from "~/composition.server";
import { createConnector } from "~/features/connectors/create-connector.server";
import { type Reach } from "~/features/connectors/set-up/find-set-up.server";
import { startSession } from "~/features/sign-in/sessions.server";
import { hostCookie } from "~/http/cookies.server";
import { installationScope, type RouteArgs } from "~/http/scope.server";
import { type DialectName } from "~/platform/db/database.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import * as fieldsRoute from "~/routes/connectors/set-up/fields";
import {
  confirmRemoval,
  discardChoice,
  loadFields,
  loadRemoval,
  narrowFields,
  saveFields,
} from "~/routes/connectors/set-up/fields-facts.server";
import * as removalRoute from "~/routes/connectors/set-up/fields-removal";
import * as mappingRoute from "~/routes/connectors/set-up/mapping";
import { approveMapping, loadMapping } from "~/routes/connectors/set-up/mapping-facts.server";
import * as proposalsRoute from "~/routes/connectors/set-up/proposals";
import { askModelAbout, loadProposals } from "~/routes/connectors/set-up/proposals-facts.server";
import * as rulesRoute from "~/routes/connectors/set-up/rules";
import { loadRules, saveRules } from "~/routes/connectors/set-up/rules-facts.server";
import * as trialRoute from "~/routes/connectors/set-up/trial";
import { askForTrial, cancelTrial, loadTrial, switchItOn } from "~/routes/connectors/set-up/trial-facts.server";
import { given, type TestClock, testClock } from "~/testing/given";
import { type Answer, formFrom, type RouteModule, type Site, startSite } from "~/testing/site";
import { type SmallSystem, smallSystem } from "~/testing/small-system";

export interface SetUpHouse {
  site: Site;
  system: SmallSystem;
  clock: TestClock;
  scope: Scope;
  /** From now on it is another account's. */
  newFirm(): Promise<void>;
  /** Somebody else of the account. */
  another(): Promise<Scope>;
  /** A connector that reads nothing yet. */
  connector(name?: string): Promise<string>;
  get(connectorId: string, page: string, by?: Scope): Promise<Answer>;
  /** `fields`: names may stand several times. */
  post(connectorId: string, page: string, fields?: readonly (readonly [string, string])[], by?: Scope): Promise<Answer>;
}

function reachOf(system: SmallSystem): Reach {
  const { providers, connect } = system.doors;
  return { providers, open: (scope, { connector, signal }) => connect(scope, connector.id, signal) };
}

type Args = RouteArgs;

function routesOver(reach: Reach): Record<string, RouteModule> {
  const of = (module: object, more: object) => ({ ...module, ...more }) as RouteModule;
  const base = "/:account/connectors/:connectorId";
  return {
    [`${base}/fields`]: of(fieldsRoute, {
      loader: (args: Args) => loadFields(args, reach),
      action: (args: Args) => saveFields(args, reach),
    }),
    [`${base}/fields/narrowing`]: of({}, { action: (args: Args) => narrowFields(args, reach) }),
    [`${base}/fields/discarding`]: of({}, { action: (args: Args) => discardChoice(args, reach) }),
    [`${base}/fields/removal`]: of(removalRoute, {
      loader: (args: Args) => loadRemoval(args, reach),
      action: (args: Args) => confirmRemoval(args, reach),
    }),
    [`${base}/mapping`]: of(mappingRoute, {
      loader: (args: Args) => loadMapping(args, reach, subjects),
      action: (args: Args) => approveMapping(args, reach, subjects),
    }),
    [`${base}/mapping/proposals`]: of(proposalsRoute, {
      loader: (args: Args) => loadProposals(args, { reach, subjects }),
      action: (args: Args) => askModelAbout(args, { reach, subjects }),
    }),
    [`${base}/rules`]: of(rulesRoute, {
      loader: (args: Args) => loadRules(args, reach, subjects),
      action: (args: Args) => saveRules(args, reach, subjects),
    }),
    [`${base}/trial`]: of(trialRoute, {
      loader: (args: Args) => loadTrial(args, reach, subjects),
      action: (args: Args) => askForTrial(args, reach),
    }),
    [`${base}/trial/cancellation`]: of({}, { action: (args: Args) => cancelTrial(args, reach) }),
    [`${base}/switching-on`]: of({}, { action: (args: Args) => switchItOn(args, reach) }),
  };
}

export async function openSetUp(engine: DialectName): Promise<SetUpHouse> {
  const system = smallSystem();
  const clock = testClock();
  const site = await startSite({ routes: routesOver(reachOf(system)), engine, clock });
  const installation = installationScope({ ...site.world, requestId: newId(), address: "192.0.2.9" });
  // Signed in anew for each page: tests let days go by.
  const cookieOf = async ({ user }: Scope) => {
    const { token } = await startSession(installation, user?.id ?? "", "Firefox on a laptop");
    return (await hostCookie(installation.keys, "session", {}).serialize(token)).split(";", 1)[0] ?? "";
  };
  const firm = async () => given.member(installation, await given.account(installation, { name: "Hale & Partners" }));
  const path = (connectorId: string, page: string) => `/${house.scope.account.slug}/connectors/${connectorId}/${page}`;
  const house: SetUpHouse = {
    ...{ site, system, clock, scope: await firm() },
    newFirm: async () => void (house.scope = await firm()),
    another: () => given.member(installation, house.scope.account),
    connector: (name = "Small Ledger of the office") => createConnector(house.scope, system.provider, name),
    get: async (connectorId, page, by = house.scope) =>
      site.ask(path(connectorId, page), { headers: { cookie: await cookieOf(by) } }),
    post: async (connectorId, page, fields = [], by = house.scope) => {
      const form = formFrom(site.origin, new URLSearchParams(fields.map(([name, value]) => [name, value])).toString());
      return site.ask(path(connectorId, page), { ...form, headers: { ...form.headers, cookie: await cookieOf(by) } });
    },
  };
  return house;
}
