/**
 * By what a suppressed value is known again when the value itself is erased: an HMAC (RFC 2104, SHA-256) of it as
 * `contact_points.value_key` has it. The key is the installation's own, derived from SECRET_KEY: without it nobody can
 * try addresses out against a copy of the database. Turning ENCRYPTION_KEYS over does not touch it (see decision 022).
 */
import { createHmac } from "node:crypto";
import { type SuppressedChannel } from "~/features/contacts/suppression/suppression";
import { purposeKey } from "~/platform/encryption.server";
import { fold, sortKey } from "~/platform/fold.server";
import { type Scope } from "~/platform/scope.server";

const PURPOSE = "suppression-list";

/** Of a channel's folded values; each account's own, so that two lists cannot be laid side by side. */
export function suppressionHasher({ keys, account }: Scope): (channel: SuppressedChannel, key: string) => string {
  const secret = purposeKey(keys, PURPOSE);
  return (channel, key) =>
    createHmac("sha256", secret)
      .update(JSON.stringify([account.id, channel, key]))
      .digest("base64url");
}

/** A value as `contact_points.value_key` has it: an email, a number as E.164, an address as `addressLine` writes it. */
export function valueKey(channel: SuppressedChannel, value: string): string {
  if (channel === "email") return fold(value);
  return channel === "phone" ? value : sortKey(value);
}
