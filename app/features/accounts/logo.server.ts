/** The account's logo: a picture among its files, one at a time, of which nothing but what is seen is kept. */
import "~/features/accounts/tables";
import { lockedAccount } from "~/features/accounts/settings.server";
import { recordEvent } from "~/features/audit/audit.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { deleteFile, findFile, storeFile, type StoredFile } from "~/platform/files.server";
import { type FileClaim } from "~/platform/sweep-files.server";
import { type PictureReading } from "~/platform/pictures/picture-reading";
import { readPicture } from "~/platform/pictures/read-picture.server";
import { type Scope } from "~/platform/scope.server";

/** Of the file as it is sent. */
export const MAX_LOGO_BYTES = 1_000_000;

export type LogoRefusal = Extract<PictureReading, { ok: false }> | { ok: false; reason: "too-large" };

const names = { "image/png": "logo.png", "image/jpeg": "logo.jpg" };

export const logoClaim: FileClaim = {
  column: "accounts.logo_file_id",
  rows: (eb, accountId) =>
    eb
      .selectFrom("accounts")
      .select("accounts.account_id")
      .where("accounts.account_id", "=", accountId)
      .whereRef("accounts.logo_file_id", "=", "files.id"),
};

async function* once(bytes: Buffer) {
  yield bytes;
}

/** Puts this picture in the place of the present logo, if there is one. */
export async function replaceLogo(scope: Scope, sent: Buffer): Promise<{ ok: true; fileId: string } | LogoRefusal> {
  if (sent.length > MAX_LOGO_BYTES) return { ok: false, reason: "too-large" };
  const picture = await readPicture(sent);
  if (!picture.ok) return picture;
  const { mediaType, bytes } = picture;
  return inTransaction(scope, async (scope) => {
    const { logoFileId: before } = await lockedAccount(scope);
    const stored = await storeFile(scope, once(bytes), { name: names[mediaType], mediaType, maxBytes: MAX_LOGO_BYTES });
    if (!stored.ok) return stored;
    await setLogo(scope, stored.file.id, before);
    await recordEvent(scope, { action: "account.logo-changed", subject: { fileId: stored.file.id } });
    return { ok: true, fileId: stored.file.id } as const;
  });
}

/** Takes the logo away. Whether there was one. */
export function removeLogo(scope: Scope): Promise<boolean> {
  return inTransaction(scope, async (scope) => {
    const { logoFileId: before } = await lockedAccount(scope);
    if (before === null) return false;
    await setLogo(scope, null, before);
    await recordEvent(scope, { action: "account.logo-removed", subject: { fileId: before } });
    return true;
  });
}

async function setLogo(scope: Scope, fileId: string | null, before: string | null): Promise<void> {
  await scope.db
    .updateTable("accounts")
    .set({ logo_file_id: fileId })
    .where("account_id", "=", scope.account.id)
    .execute();
  if (before !== null) await deleteFile(scope, before);
}

/** The present logo's file, if this is it: no other file of the account can be had this way. */
export async function findLogo(scope: Scope, fileId: string): Promise<StoredFile | null> {
  return fileId === scope.account.logoFileId ? findFile(scope, fileId) : null;
}
