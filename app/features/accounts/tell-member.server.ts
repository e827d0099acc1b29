import { isMailAddress } from "~/platform/mail/mail-server.server";
import { type MailBody, writeMail } from "~/platform/mail/write-mail.server";
import { type Scope, type UserFacts } from "~/platform/scope.server";

export interface Telling extends MailBody {
  subject: string;
  purpose: string;
}

/**
 * Writes to a person about their place here, in the caller's transaction. Nothing to who did it themselves, and nothing
 * to an address that a mail program could read as something else: such a person is told by what they find.
 */
export async function tellMember(scope: Scope, person: UserFacts, telling: Telling): Promise<void> {
  if (person.id === scope.user?.id || !isMailAddress(person.email)) return;
  await writeMail(scope, { ...telling, to: person.email, toName: person.name });
}
