/** Everyone who can come to the door, each with the cookies of their browser. */
import { setMembership } from "~/features/accounts/members.server";
import { accountScope, theSystem } from "~/features/accounts/account-scope.server";
import { type PersonRole } from "~/features/accounts/rights";
import { signOut } from "~/features/sign-in/sign-out.server";
import { startSession } from "~/features/sign-in/sessions.server";
import { hostCookie } from "~/http/cookies.server";
import { type AccountFacts, type InstallationScope, type UserFacts } from "~/platform/scope.server";
import { given } from "~/testing/given";
import { givenEnrolled, givenPassword, givenPending } from "~/testing/given-sign-in";

export const personNames = [
  "anonymous",
  "pending",
  "enrolling",
  "viewer",
  "user",
  "admin",
  "operator",
  "stranger",
  "former member",
  "disabled",
  "signed out",
] as const;
export type PersonName = (typeof personNames)[number];

export interface Person {
  name: PersonName;
  /** Their role in our account. */
  role: PersonRole | null;
  user: UserFacts | null;
  cookie: string;
}

async function cookieOf(scope: InstallationScope, name: "session" | "pending", token: string): Promise<string> {
  const line = await hostCookie(scope.keys, name, {}).serialize(token);
  return line.split(";", 1)[0] ?? "";
}

async function sessionOf(scope: InstallationScope, user: UserFacts): Promise<string> {
  return cookieOf(scope, "session", (await startSession(scope, user.id, "Firefox on a laptop")).token);
}

/** The same person with a session of its own, which a test may end. */
export async function again(scope: InstallationScope, person: Person): Promise<Person> {
  if (!person.user || !person.cookie.startsWith("__Host-session") || person.name === "signed out") return person;
  return { ...person, cookie: await sessionOf(scope, person.user) };
}

/** One more administrator, who may lose their place again. */
export async function newcomer(scope: InstallationScope, account: AccountFacts): Promise<Person> {
  const { user } = await given.member(scope, account, "admin");
  if (!user) throw new Error("A member is a person");
  return { name: "admin", role: "admin", user, cookie: await sessionOf(scope, user) };
}

/** Somebody whose password was right, and whose second step (a code, or setting one up) is to come. */
async function halfWay(scope: InstallationScope, account: AccountFacts, isEnrolled: boolean): Promise<string> {
  const user = await given.user(scope);
  await setMembership(accountScope(scope, account, theSystem), { userId: user.id, role: "admin" });
  await givenPassword(scope, user);
  if (isEnrolled) await givenEnrolled(scope, user);
  return cookieOf(scope, "pending", await givenPending(scope, user));
}

export async function allPeople(
  scope: InstallationScope,
  ours: AccountFacts,
  theirs: AccountFacts,
): Promise<Record<PersonName, Person>> {
  const member = async (role: PersonRole, account = ours) => {
    const { user } = await given.member(scope, account, role);
    if (!user) throw new Error("A member is a person");
    return user;
  };
  const signedIn = async (name: PersonName, user: UserFacts, role: PersonRole | null = null): Promise<Person> => ({
    name,
    role,
    user,
    cookie: await sessionOf(scope, user),
  });
  const without = (name: PersonName, cookie: string): Person => ({ name, role: null, user: null, cookie });

  const former = await member("admin");
  const disabled = await signedIn("disabled", await member("admin"));
  const gone = await member("admin");
  const { token } = await startSession(scope, gone.id, null);
  await signOut(scope, token);
  const people: Record<PersonName, Person> = {
    anonymous: without("anonymous", ""),
    pending: without("pending", await halfWay(scope, ours, true)),
    enrolling: without("enrolling", await halfWay(scope, ours, false)),
    viewer: await signedIn("viewer", await member("viewer"), "viewer"),
    user: await signedIn("user", await member("user"), "user"),
    admin: await signedIn("admin", await member("admin"), "admin"),
    operator: await signedIn("operator", await given.user(scope, { operator: true })),
    stranger: await signedIn("stranger", await member("admin", theirs)),
    "former member": await signedIn("former member", former),
    disabled,
    "signed out": without("signed out", await cookieOf(scope, "session", token)),
  };
  const { unguarded } = scope.database;
  await unguarded.deleteFrom("memberships").where("user_id", "=", former.id).execute();
  const { id = "" } = disabled.user ?? {};
  await unguarded.updateTable("users").set({ disabled_at: scope.clock.now() }).where("id", "=", id).execute();
  return people;
}
