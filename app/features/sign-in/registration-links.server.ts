/** Whether strangers may make an account here, and the link that shows that an address is theirs. */
import "~/features/accounts/tables";
import { emailKey } from "~/features/accounts/account";
import { tokenHash, type Visitor } from "~/features/sign-in/sessions.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newToken } from "~/platform/encryption.server";
import { writeMail } from "~/platform/mail/write-mail.server";
import { type InstallationScope } from "~/platform/scope.server";
import { HOUR_MS, later } from "~/platform/time";

const REGISTRATION_MS = 24 * HOUR_MS;

/** Off unless the operator has switched it on. */
export async function isRegistrationOpen(scope: InstallationScope): Promise<boolean> {
  const row = await scope.db
    .selectFrom("installation_settings")
    .select("registration_open_at")
    .where("id", "=", 1)
    .executeTakeFirst();
  return (row?.registration_open_at ?? null) !== null;
}

/** Opens registration to everybody, or closes it: links that were sent then lead nowhere. */
export async function setRegistration(scope: InstallationScope, { user }: Visitor, open: boolean): Promise<void> {
  await scope.db
    .updateTable("installation_settings")
    .set({
      registration_open_at: open ? scope.clock.now() : null,
      registration_opened_by: open ? user.id : null,
    })
    .where("id", "=", 1)
    .execute();
  scope.log.info({ userId: user.id, reason: open ? "opened" : "closed" }, "Registration was switched");
}

/** Mails a link to an address that nobody here has. Older ones to it, however it was written, are void. */
export async function makeRegistrationLink(scope: InstallationScope, email: string): Promise<string> {
  const token = newToken();
  const now = scope.clock.now();
  return inTransaction(scope, async (scope) => {
    await scope.db
      .updateTable("tokens")
      .set({ used_at: now })
      .where("email_key", "=", emailKey(email))
      .where("purpose", "=", "registration")
      .where("used_at", "is", null)
      .execute();
    await scope.db
      .insertInto("tokens")
      .values({
        hash: tokenHash(token),
        purpose: "registration",
        account: null,
        email,
        email_key: emailKey(email),
        created_at: now,
        expires_at: later(now, REGISTRATION_MS),
        used_at: null,
      })
      .execute();
    await writeMail(scope, {
      to: email,
      subject: "Make your account on Tallybook",
      purpose: "registration",
      paragraphs: ["Somebody has asked to make an account on Tallybook with your address."],
      link: { label: "Make the account", path: `/register/${token}` },
      afterLink: ["The link works once, and for one day.", "If this was not you, do nothing."],
    });
    return token;
  });
}

export interface RegistrationLink {
  state: "open" | "spent" | "expired";
  email: string;
}

export async function findRegistrationLink(scope: InstallationScope, token: string): Promise<RegistrationLink | null> {
  const row = await scope.db
    .selectFrom("tokens")
    .select(["email", "used_at", "expires_at"])
    .where("hash", "=", tokenHash(token))
    .where("purpose", "=", "registration")
    .executeTakeFirst();
  if (!row) return null;
  const state = row.used_at ? "spent" : row.expires_at <= scope.clock.now() ? "expired" : "open";
  return { state, email: row.email ?? "" };
}
