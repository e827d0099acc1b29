/** Asking somebody to join an account: a one-time link to their address, which an administrator may renew or take back. */
import "~/features/accounts/tables";
import { emailKey } from "~/features/accounts/account";
import { lockAccount } from "~/platform/db/lock-account.server";
import { type PersonRole, roleNames } from "~/features/accounts/rights";
import { recordEvent } from "~/features/audit/audit.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newToken, sha256 } from "~/platform/encryption.server";
import { newId } from "~/platform/ids.server";
import { isMailAddress } from "~/platform/mail/mail-server.server";
import { writeMail } from "~/platform/mail/write-mail.server";
import { type Scope } from "~/platform/scope.server";
import { DAY_MS, later } from "~/platform/time";

export const INVITATION_MS = 7 * DAY_MS;
/** Open ones of an account. How often links go out is counted where they are asked for. */
const MOST_OPEN = 100;

export interface NewInvitation {
  email: string;
  /** As the person may change it when they join. */
  name: string | null;
  role: PersonRole;
}

export interface Invited {
  ok: true;
  invitationId: string;
  email: string;
  /** Nowhere else but in the mail. */
  token: string;
}

export type InvitationRefusal =
  { ok: false; reason: "address" | "member" | "switched-off" | "too-many-open" } | { ok: false; reason: "not-found" };

/** What is kept of a link's secret. */
export function linkHash(token: string): string {
  return sha256(token).toString("base64url");
}

/** Invites somebody, whether or not they are known elsewhere. An older invitation of theirs that is open is void. */
export function inviteMember(scope: Scope, invited: NewInvitation): Promise<Invited | InvitationRefusal> {
  const email = invited.email.trim();
  if (!isMailAddress(email)) return Promise.resolve({ ok: false, reason: "address" });
  return inTransaction(scope, async (scope) => {
    await lockAccount(scope);
    const member = await findByAddress(scope, email);
    if (member) return { ok: false, reason: member.disabled_at ? "switched-off" : "member" } as const;
    const open = await openInvitations(scope).execute();
    const older = open.find((invitation) => invitation.email_key === emailKey(email));
    if (!older && open.length >= MOST_OPEN) return { ok: false, reason: "too-many-open" } as const;
    const made = { id: older?.id ?? newId(), email, name: invited.name?.trim() || null, role: invited.role };
    const token = await (older ? renew(scope, made) : insert(scope, made));
    await sendLink(scope, made, token);
    await recordEvent(scope, { action: "member.invited", subject: { invitationId: made.id, role: made.role } });
    return { ok: true, invitationId: made.id, email, token } as const;
  });
}

/** A new link for an invitation that has not been accepted or taken back; the older one is void. */
export function renewInvitation(scope: Scope, invitationId: string): Promise<Invited | InvitationRefusal> {
  return inTransaction(scope, async (scope) => {
    await lockAccount(scope);
    const row = await openInvitations(scope).where("id", "=", invitationId).executeTakeFirst();
    if (!row) return { ok: false, reason: "not-found" } as const;
    const token = await renew(scope, row);
    await sendLink(scope, row, token);
    await recordEvent(scope, { action: "member.invitation-renewed", subject: { invitationId } });
    return { ok: true, invitationId, email: row.email, token } as const;
  });
}

/** Takes an invitation back: its link says so from now on. */
export function revokeInvitation(scope: Scope, invitationId: string): Promise<{ ok: true } | InvitationRefusal> {
  return inTransaction(scope, async (scope) => {
    const done = await scope.db
      .updateTable("invitations")
      .set({ revoked_at: scope.clock.now(), revoked_by: scope.user?.id ?? null })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", invitationId)
      .where("accepted_at", "is", null)
      .where("revoked_at", "is", null)
      .executeTakeFirst();
    if (done.numUpdatedRows === 0n) return { ok: false, reason: "not-found" } as const;
    await recordEvent(scope, { action: "member.invitation-revoked", subject: { invitationId } });
    return { ok: true } as const;
  });
}

/**
 * Takes back what this person has invited others with, in the caller's transaction: who may no longer invite may have
 * kept the links, and one of them may lead to a place with more rights than they have left.
 */
export async function revokeInvitationsBy(scope: Scope, userId: string): Promise<void> {
  const made = await openInvitations(scope).where("created_by", "=", userId).orderBy("id").execute();
  for (const { id } of made) await revokeInvitation(scope, id);
}

export interface OpenInvitation {
  id: string;
  email: string;
  name: string | null;
  role: PersonRole;
  createdAt: string;
  expiresAt: string;
}

/** Those that nobody has accepted or taken back, by address; their time may be over. */
export async function listInvitations(scope: Scope): Promise<OpenInvitation[]> {
  const rows = await openInvitations(scope).orderBy("email_key").execute();
  return rows.map(toOpenInvitation);
}

export async function findOpenInvitation(scope: Scope, invitationId: string): Promise<OpenInvitation | null> {
  const row = await openInvitations(scope).where("id", "=", invitationId).executeTakeFirst();
  return row ? toOpenInvitation(row) : null;
}

function openInvitations(scope: Scope) {
  return scope.db
    .selectFrom("invitations")
    .select(["id", "email", "email_key", "name", "role", "created_at", "expires_at"])
    .where("account_id", "=", scope.account.id)
    .where("accepted_at", "is", null)
    .where("revoked_at", "is", null);
}

type Row = Awaited<ReturnType<ReturnType<typeof openInvitations>["executeTakeFirstOrThrow"]>>;

function toOpenInvitation({ id, email, name, role, created_at, expires_at }: Row): OpenInvitation {
  return { id, email, name, role, createdAt: created_at, expiresAt: expires_at };
}

type Sent = Pick<Row, "id" | "email" | "name" | "role">;

async function insert(scope: Scope, invited: Sent): Promise<string> {
  const token = newToken();
  await scope.db
    .insertInto("invitations")
    .values({
      ...invited,
      account_id: scope.account.id,
      email_key: emailKey(invited.email),
      ...newLink(scope, token),
      accepted_at: null,
      accepted_by: null,
      revoked_at: null,
      revoked_by: null,
    })
    .execute();
  return token;
}

async function renew(scope: Scope, { id, email, name, role }: Sent): Promise<string> {
  const token = newToken();
  await scope.db
    .updateTable("invitations")
    .set({ email, name, role, ...newLink(scope, token) })
    .where("account_id", "=", scope.account.id)
    .where("id", "=", id)
    .execute();
  return token;
}

function newLink(scope: Scope, token: string) {
  const now = scope.clock.now();
  return {
    token_hash: linkHash(token),
    created_at: now,
    created_by: scope.user?.id ?? null,
    expires_at: later(now, INVITATION_MS),
  };
}

function findByAddress(scope: Scope, email: string) {
  return scope.db
    .selectFrom("memberships")
    .innerJoin("users", "users.id", "memberships.user_id")
    .select("memberships.disabled_at")
    .where("memberships.account_id", "=", scope.account.id)
    .where("users.email_key", "=", emailKey(email))
    .executeTakeFirst();
}

async function sendLink(scope: Scope, { email, name, role }: Sent, token: string): Promise<void> {
  const firm = scope.account.name;
  const by = scope.user ? `${scope.user.name} invites you` : "You are invited";
  await writeMail(scope, {
    to: email,
    toName: name ?? undefined,
    subject: `Join ${firm} on Tallybook`,
    purpose: "invitation",
    paragraphs: [`${by} to join ${firm} on Tallybook, as ${roleNames[role]}.`],
    link: { label: `Join ${firm}`, path: `/invitation/${token}` },
    afterLink: [
      "The link works once, and for seven days. Do not pass it on: it is for your address only.",
      "If you know nothing of this, do nothing: nobody can join in your name without this mail.",
    ],
  });
}
