/** Whether the time of an answer tells a stranger, or an administrator who invites, that an address signs in here. */
import { type Bench, type BenchOptions, figure, median, timed } from "./measure";
import { postForm, UNTHROTTLED, WARM_UP, withServer } from "./sign-in";
import { accountScope, theSystem } from "~/features/accounts/account-scope.server";
import { createAccount, createUser } from "~/features/accounts/accounts.server";
import { setMembership } from "~/features/accounts/members.server";
import { newFirm } from "~/features/accounts/new-firm";
import { startSession } from "~/features/sign-in/sessions.server";
import { hostCookie } from "~/http/cookies.server";
import { systemClock } from "~/platform/clock.server";
import { type Database } from "~/platform/db/database.server";
import { type InstallationScope } from "~/platform/scope.server";

/** Asked for by strangers: whether somebody has the address must not be told by the time either. */
const askingPages = { forgotten: "/sign-in/forgotten", register: "/register" };

/** ASVS 6.3.8 for links that are mailed: an address that somebody here has, and one that nobody has. */
export const linkEnumeration: Bench = (options) =>
  withServer(options, async ({ origin, emails, scope }) => {
    const { database } = scope;
    const open = { registration_open_at: systemClock.now() };
    await database.unguarded.updateTable("installation_settings").set(open).where("id", "=", 1).execute();
    const kinds = { known: emails[0] ?? "", unknown: "nobody@hale-partners.example" };
    const spreads: number[] = [];
    for (const [name, path] of Object.entries(askingPages)) {
      const ask = (email: string) => postForm(origin, path, { email }, { status: 200 });
      spreads.push(await spreadOf({ ...options, name, of: database, kinds, ask }));
    }
    const { path, cookie } = await newAdmin(scope);
    const invite = (email: string) => postForm(origin, path, { email, role: "user" }, { status: 201, cookie });
    spreads.push(await spreadOf({ ...options, name: "invitation", of: database, kinds, ask: invite }));
    return { "signin.links": figure(Math.max(...spreads), "largest median of differences, of the median", 0.05) };
  });

/** An administrator, signed in, and where they invite people: they too must not learn who signs in here. */
async function newAdmin(scope: InstallationScope): Promise<{ path: string; cookie: string }> {
  const made = await createUser(scope, { name: "Nell Whitcombe", email: "nell@hale-partners.example" });
  const facts = newFirm("Hale & Partners", "GB");
  const opened = facts && (await createAccount(scope, facts));
  if (!made.ok || !opened?.ok) throw new Error("The firm cannot be made");
  await setMembership(accountScope(scope, opened.account, theSystem), { userId: made.user.id, role: "admin" });
  const { token } = await startSession(scope, made.user.id, null);
  const line = await hostCookie(scope.keys, "session", {}).serialize(token);
  return { path: `/${opened.account.slug}/members/new`, cookie: line.split(";", 1)[0] ?? "" };
}

interface Asking extends Pick<BenchOptions, "quick" | "say"> {
  name: string;
  of: Database;
  kinds: { known: string; unknown: string };
  ask: (value: string) => Promise<void>;
}

/**
 * How much longer the one takes than the other, as a share of what both take: the median of the differences within each
 * round. These answers take a few milliseconds, and what else the machine does in a round is done to both.
 */
async function spreadOf({ name, of, kinds, ask, quick, say }: Asking): Promise<number> {
  const differences: number[] = [];
  const all: number[] = [];
  const rounds = quick ? 40 : 1_000;
  for (let round = -WARM_UP; round < rounds; round++) {
    if (round % UNTHROTTLED === 0) await of.unguarded.deleteFrom("throttles").execute();
    const took = { known: 0, unknown: 0 };
    // By chance: in a fixed order one of them would meet more of what comes every so many writes.
    const inTurn = (["known", "unknown"] as const).toSorted(() => Math.random() - 0.5);
    for (const kind of inTurn) took[kind] = await timed(() => ask(kinds[kind]));
    if (round < 0) continue;
    differences.push(took.known - took.unknown);
    all.push(took.known, took.unknown);
  }
  const [difference, usual] = [median(differences), median(all)];
  say(`${name}: ${usual.toFixed(2)} ms, ${difference.toFixed(2)} ms more for who is known`);
  return Math.abs(difference) / usual;
}
