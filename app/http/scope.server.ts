/**
 * From a request to a scope: who comes, to which account, and whether they may. Every loader and every action asks for
 * itself; a parent's refusal does not stop a child. Session, person, membership and role are read from the database for
 * each request, once, however many loaders ask.
 */
import { redirect } from "@remix-run/node";
import { accountScope } from "~/features/accounts/account-scope.server";
import { can, type Right } from "~/features/accounts/rights";
import { findPendingSignIn } from "~/features/sign-in/pending.server";
import { findVisitor, type Visitor } from "~/features/sign-in/sessions.server";
import { forbidden, notFound } from "~/http/answers.server";
import { type RequestContext } from "~/http/request-context.server";
import { readToken } from "~/http/sign-in-cookies.server";
import { type InstallationScope, type Scope } from "~/platform/scope.server";

/** What Remix gives to loaders and actions. */
export interface RouteArgs {
  request: Request;
  params: Readonly<Record<string, string | undefined>>;
  context: RequestContext;
}

/** The installation's view within this request (or at the start of a process): sign-in, and who has a place where. */
export function installationScope(
  context: Pick<RequestContext, "database" | "clock" | "log" | "keys" | "requestId" | "address">,
): InstallationScope {
  return {
    kind: "installation",
    database: context.database,
    db: context.database.forInstallation(),
    clock: context.clock,
    log: context.log,
    keys: context.keys,
    requestId: context.requestId,
    address: context.address,
  };
}

const askedFor = new WeakMap<RequestContext, Promise<Visitor | null>>();

/** Who is signed in, and where they have a place, or null. One statement a request, however many ask. */
export function findPerson({ request, context }: Omit<RouteArgs, "params">): Promise<Visitor | null> {
  const known = askedFor.get(context);
  if (known) return known;
  const asking = readToken(request, context, "session").then((token) =>
    token ? findVisitor(installationScope(context), token) : null,
  );
  askedFor.set(context, asking);
  return asking;
}

/** Whoever was asked for in this request already: for the page of a failure, which may be that they cannot be found. */
export async function personAskedFor(context: RequestContext): Promise<Visitor | null> {
  const asked = askedFor.get(context);
  return asked ? asked.catch(() => null) : null;
}

/**
 * The account at this address as the person who asks sees it. Not signed in: to the sign-in page, and back here
 * afterwards. No such account, or no place in it: 404, the same bytes. A place, but not this right: 403.
 */
export async function requireScope(args: RouteArgs, right: Right): Promise<Scope> {
  const { user, places } = await requirePerson(args);
  const place = places.find(({ account }) => account.slug === args.params.account);
  if (!place) return notFound();
  const { id, name, email, locale } = user;
  const actor = { user: { id, name, email, locale }, role: place.role };
  const scope = accountScope(installationScope(args.context), place.account, actor);
  return can(scope, right) ? scope : forbidden();
}

/** Who is signed in, for pages that belong to no account. Not signed in: to the sign-in page. */
export async function requirePerson(args: Omit<RouteArgs, "params">): Promise<Visitor> {
  return (await findPerson(args)) ?? toSignIn(args);
}

/** Who is signed in and runs the installation. To everybody else there is nothing here. */
export async function requireOperator(args: Omit<RouteArgs, "params">): Promise<Visitor> {
  const visitor = await requirePerson(args);
  return visitor.user.isOperator ? visitor : notFound();
}

/** Whoever has only got the password right goes on to the second factor; a form that was sent is not sent again. */
async function toSignIn({ request, context }: Omit<RouteArgs, "params">): Promise<never> {
  const pending = await readToken(request, context, "pending");
  if (pending && (await findPendingSignIn(installationScope(context), pending))) throw redirect("/sign-in/code");
  const { pathname, search } = new URL(request.url);
  const path = pathname.replace(/\.data$/, "") + search;
  const wanted = request.method === "GET" && path !== "/" ? `?to=${encodeURIComponent(path)}` : "";
  throw redirect(`/sign-in${wanted}`);
}
