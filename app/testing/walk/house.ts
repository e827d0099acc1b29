/** The house with everything in it: the whole site on one engine, two accounts, everyone who may come, and examples. */
import { accountScope, theSystem } from "~/features/accounts/account-scope.server";
import { type NewAccount } from "~/features/accounts/accounts.server";
import { installationScope } from "~/http/scope.server";
import { type DialectName } from "~/platform/db/database.server";
import { newId } from "~/platform/ids.server";
import { type InstallationScope, type Scope } from "~/platform/scope.server";
import { MINUTE_MS } from "~/platform/time";
import { given, type TestClock, testClock } from "~/testing/given";
import { type Answer, type AskOptions, formFrom, type Site, startSite } from "~/testing/site";
import { wholeSite } from "~/testing/site-map";
import { doneImport, type Example, withLogo } from "~/testing/walk/examples";
import { makeExample, makeForRoute } from "~/testing/walk/make-example";
import { allPeople, type Person, type PersonName } from "~/testing/walk/people";
import { type RouteRow } from "~/testing/walk/route-row";

export interface House {
  site: Site;
  clock: TestClock;
  installation: InstallationScope;
  /** Our account, and another of the same installation, each as its admin sees it. */
  ours: Scope;
  theirs: Scope;
  people: Record<PersonName, Person>;
  example: Example;
  /** Another one for a route, which a test may use up: all that it names is new. */
  another(row: RouteRow, of?: Scope): Promise<Example>;
}

/** A tell-tale itself: no page of another account names it. */
const firm = "Zymurgy Holdings";

/** `customs`: what is customary in both accounts, when that is not Britain. */
export async function openHouse(engine: DialectName, customs: Partial<NewAccount> = {}): Promise<House> {
  const clock = testClock();
  const site = await startSite({ routes: await wholeSite(), engine, clock });
  const installation = installationScope({ ...site.world, requestId: newId(), address: "192.0.2.99" });
  const [bareFacts, theirFacts] = [
    await given.account(installation, { ...customs, name: firm, slug: "zymurgy-holdings" }),
    await given.account(installation, { ...customs, name: "Okafor & Lindqvist Solicitors", slug: "okafor" }),
  ];
  const { account: ourFacts } = await withLogo(accountScope(installation, bareFacts, theSystem));
  const people = await allPeople(installation, ourFacts, theirFacts);
  const asAdmin = (account: typeof ourFacts, { user }: Person): Scope =>
    accountScope(installation, account, user ? { user, role: "admin" } : { user: null, role: "system" });
  const [ours, theirs] = [asAdmin(ourFacts, people.admin), asAdmin(theirFacts, people.stranger)];
  const example = await makeExample(ours, await doneImport(ours));
  const theirExample = await makeExample(theirs, await doneImport(theirs));
  const another = (row: RouteRow, of: Scope = ours) => makeForRoute(of, row, of === ours ? example : theirExample);
  // So that the first page of each person notes when they were last seen, as it does in life.
  clock.advance(2 * MINUTE_MS);
  return { site, clock, installation, ours, theirs, people, example, another };
}

/** A form as our own page would send it. */
export function postTo(site: Site, row: RouteRow, example: Example): AskOptions {
  if (!row.upload) {
    return formFrom(site.origin, new URLSearchParams(row.form?.(example) ?? {}).toString());
  }
  return uploadFrom(site, row.upload);
}

export function uploadFrom(site: Site, content: string, more: Record<string, string> = {}): AskOptions {
  const fields = Object.entries(more).map(([name, value]) => part(`name="${name}"`, value));
  const file = part('name="file"; filename="zymurgy-clients.csv"', content, "\r\nContent-Type: text/csv");
  const { headers } = formFrom(site.origin);
  return {
    method: "POST",
    headers: { ...headers, "content-type": "multipart/form-data; boundary=walk" },
    body: `${fields.join("")}${file}--walk--\r\n`,
  };
}

function part(disposition: string, content: string, type = ""): string {
  return `--walk\r\nContent-Disposition: form-data; ${disposition}${type}\r\n\r\n${content}\r\n`;
}

export function ask(site: Site, person: Person, path: string, options: AskOptions = {}): Promise<Answer> {
  const cookie: Record<string, string> = person.cookie ? { cookie: person.cookie } : {};
  return site.ask(path, { ...options, headers: { ...options.headers, ...cookie } });
}

/** The address at which single fetch asks for the data of a page: of all its routes, or of one alone. */
export function dataOf(path: string, only?: string): string {
  const [pathname = "", search] = path.split("?");
  const query = [search, only && `_routes=${only}`].filter(Boolean).join("&");
  return `${pathname === "/" ? "/_root" : pathname}.data${query && `?${query}`}`;
}
