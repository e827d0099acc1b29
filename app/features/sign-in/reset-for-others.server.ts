/**
 * Helping somebody who cannot sign in: a link to set a password, or the second factor taken away. An administrator may
 * for members who belong to this account alone; else whoever runs one firm could become a person in another. For all
 * others, and for operators, the operator does it. Each gives their own password and code first.
 */
import "~/features/sign-in/tables";
import { accountScope } from "~/features/accounts/account-scope.server";
import { lockPerson } from "~/features/accounts/lock-person.server";
import { findActor } from "~/features/accounts/members.server";
import { can } from "~/features/accounts/rights";
import { type AuditFact, recordEvent } from "~/features/audit/audit.server";
import { makePasswordLink, RESET_MS } from "~/features/sign-in/password-links.server";
import { recordAboutPerson } from "~/features/sign-in/person-events.server";
import { takeSecondFactor } from "~/features/sign-in/reset-second-factor.server";
import { type Visitor } from "~/features/sign-in/sessions.server";
import { type Proof, type ProofRefusal, proven } from "~/features/sign-in/step-up.server";
import { tellPerson } from "~/features/sign-in/tell-person.server";
import { enterAccount } from "~/platform/db/enter-account.server";
import { type AccountFacts, type InstallationScope, type UserFacts } from "~/platform/scope.server";

/** Who helps: as an administrator of this account, or (null) as the operator. */
export interface Helper {
  visitor: Visitor;
  account: AccountFacts | null;
}

/** `operator-only`: they belong elsewhere too, or run the installation. `own`: for oneself there is the page about oneself. */
export type HelpRefusal = { ok: false; reason: "not-found" | "operator-only" | "own" | "not-set-up" };

type Standing = { ok: true; user: UserFacts } | HelpRefusal;

/** Whether this helper may help this person, and who that is. */
export async function whomToHelp(scope: InstallationScope, helper: Helper, userId: string): Promise<Standing> {
  const row = await scope.db
    .selectFrom("users")
    .select(["id", "name", "email", "operator_since"])
    .where("id", "=", userId)
    .where("disabled_at", "is", null)
    .executeTakeFirst();
  if (!row) return { ok: false, reason: "not-found" };
  const { operator_since, ...user } = row;
  if (helper.account) {
    if (!(await hasPlace(scope, userId, "=", helper.account))) return { ok: false, reason: "not-found" };
    const isBeyond = operator_since !== null || (await hasPlace(scope, userId, "<>", helper.account));
    if (isBeyond && userId !== helper.visitor.user.id) return { ok: false, reason: "operator-only" };
  }
  return userId === helper.visitor.user.id ? { ok: false, reason: "own" } : { ok: true, user };
}

/** In this account, or in any other. Switched off counts: whoever runs that account may switch it on again. */
async function hasPlace(
  scope: InstallationScope,
  userId: string,
  where: "=" | "<>",
  account: AccountFacts,
): Promise<boolean> {
  const row = await scope.db
    .selectFrom("memberships")
    .select("user_id")
    .where("user_id", "=", userId)
    .where("account_id", where, account.id)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** A link by which the person sets a password: mailed to them, and returned to be copied. Good for an hour. */
export function makeLinkFor(
  scope: InstallationScope,
  helper: Helper,
  userId: string,
  proof: Proof,
): Promise<{ ok: true; token: string; user: UserFacts } | HelpRefusal | ProofRefusal> {
  return helping(scope, helper, { userId, proof }, async (scope, user) => {
    const token = await makePasswordLink(scope, user.id, RESET_MS);
    await tellPerson(scope, user, {
      subject: "Set a new password",
      purpose: "password-reset",
      paragraphs: [`${helper.visitor.user.name} has made you a link to set a new password for Tallybook.`],
      link: { label: "Set a new password", path: `/reset-password/${token}` },
      afterLink: [
        "The link works once, and for one hour. Your second factor stays as it is.",
        "If you did not ask for this, do nothing, and tell them.",
      ],
    });
    await record(scope, helper, user, { action: "person.password-link-made" });
    return { ok: true, token, user } as const;
  });
}

/** Takes the person's authenticator app and recovery codes away; they set up new ones at their next sign-in. */
export function resetSecondFactorOf(
  scope: InstallationScope,
  helper: Helper,
  userId: string,
  proof: Proof,
): Promise<{ ok: true; user: UserFacts } | HelpRefusal | ProofRefusal> {
  return helping(scope, helper, { userId, proof }, async (scope, user) => {
    const done = await takeSecondFactor(scope, user, (fact) => record(scope, helper, user, fact));
    return done.ok ? ({ ok: true, user } as const) : done;
  });
}

interface Help {
  userId: string;
  proof: Proof;
}

/** After the helper's proof, and on who they and the person are at this moment. */
function helping<Done>(
  scope: InstallationScope,
  helper: Helper,
  { userId, proof }: Help,
  deed: (scope: InstallationScope, user: UserFacts) => Promise<Done>,
): Promise<Done | HelpRefusal | ProofRefusal> {
  return proven<Done | HelpRefusal>(scope, helper.visitor, proof, () => async (scope) => {
    if (!(await mayHelp(scope, helper))) return { ok: false, reason: "not-found" };
    await lockPerson(scope, userId);
    const whom = await whomToHelp(scope, helper, userId);
    return whom.ok ? deed(scope, whom.user) : whom;
  });
}

async function mayHelp(scope: InstallationScope, { visitor, account }: Helper): Promise<boolean> {
  if (!account) return visitor.user.isOperator;
  const within = accountScope(scope, account, { user: visitor.user, role: "admin" });
  const actor = await enterAccount(scope, within, (inside) => findActor(inside, visitor.user.id));
  return actor !== null && can(actor, "members.manage");
}

/** An administrator's help stands in their account's chain with their name, the operator's in all of the person's accounts. */
async function record(scope: InstallationScope, helper: Helper, user: UserFacts, fact: AuditFact): Promise<void> {
  const { account, visitor } = helper;
  if (!account) {
    const operatorId = visitor.user.id;
    await recordAboutPerson(scope, user.id, { ...fact, subject: { ...fact.subject, operatorId } });
    return;
  }
  const within = accountScope(scope, account, { user: visitor.user, role: "admin" });
  const subject = { ...fact.subject, userId: user.id };
  await enterAccount(scope, within, (inside) => recordEvent(inside, { ...fact, subject }));
}
