import { isMailAddress } from "~/platform/mail/mail-server.server";
import { type MailBody, writeMail } from "~/platform/mail/write-mail.server";
import { type InstallationScope, type UserFacts } from "~/platform/scope.server";

/** Writes to a person about their own sign-in (ASVS 6.3.7), in the caller's transaction. */
export async function tellPerson(
  scope: InstallationScope,
  person: UserFacts,
  mail: MailBody & { subject: string; purpose: string },
): Promise<void> {
  // Nobody is kept from signing in by an address that no mail can be sent to.
  if (!isMailAddress(person.email)) return;
  await writeMail(scope, { ...mail, to: person.email, toName: person.name });
}
