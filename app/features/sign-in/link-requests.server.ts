/**
 * Asking for a link by mail without being signed in. What is asked is laid down and a job looks whether there is
 * anybody: the answer says nothing about that, and takes as long for every address (ASVS 6.3.8).
 */
import "~/features/sign-in/tables";
import { emailKey } from "~/features/accounts/account";
import { type PutOff } from "~/features/sign-in/attempts.server";
import { makePasswordLink, RESET_MS } from "~/features/sign-in/password-links.server";
import { recordAboutPerson } from "~/features/sign-in/person-events.server";
import { isRegistrationOpen, makeRegistrationLink } from "~/features/sign-in/registration-links.server";
import { tellPerson } from "~/features/sign-in/tell-person.server";
import { overall, perAddress, perPerson } from "~/features/sign-in/throttle";
import { countAttempt, networkOf, type Throttle, throttleKey } from "~/features/sign-in/throttles.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { seal, type SealedPlace, unseal } from "~/platform/encryption.server";
import { newId } from "~/platform/ids.server";
import { isMailAddress } from "~/platform/mail/mail-server.server";
import { enqueue } from "~/platform/queue/enqueue.server";
import { type InstallationScope, type UserFacts } from "~/platform/scope.server";

type Purpose = "password" | "registration";

export function emailPlace(id: string): SealedPlace {
  return { ownerId: id, rowId: id, field: "link_requests.email" };
}

function throttlesOf({ keys, address }: InstallationScope, purpose: Purpose, email: string): Throttle[] {
  return [
    { key: throttleKey(keys, `asked-${purpose}`, emailKey(email)), rule: perPerson },
    { key: throttleKey(keys, "asked", networkOf(address)), rule: perAddress },
    { key: throttleKey(keys, "overall", "asked"), rule: overall },
  ];
}

/** Asks for a link to an address, known or not. Counted as attempts to sign in are. */
export async function askForLink(
  scope: InstallationScope,
  purpose: Purpose,
  email: string,
): Promise<{ ok: true } | PutOff> {
  const counted = await countAttempt(scope, throttlesOf(scope, purpose, email));
  if (!counted.ok) return { ok: false, reason: "too-many", retryAfterSeconds: counted.retryAfterSeconds };
  const id = newId();
  await inTransaction(scope, async (scope) => {
    await scope.db
      .insertInto("link_requests")
      .values({ id, purpose, email: seal(scope.keys, emailPlace(id), email.trim()), created_at: scope.clock.now() })
      .execute();
    await enqueue(scope, "send_link", { requestId: id });
  });
  return { ok: true };
}

/** The job's part: looks who has the address, and mails what is right for them. Once: the request goes with it. */
export function answerLinkRequest(scope: InstallationScope, requestId: string): Promise<void> {
  return inTransaction(scope, async (scope) => {
    const request = await scope.db
      .deleteFrom("link_requests")
      .where("id", "=", requestId)
      .returning(["purpose", "email"])
      .executeTakeFirst();
    if (!request) return;
    const email = unseal(scope.keys, emailPlace(requestId), request.email);
    const user = await findUser(scope, email);
    if (request.purpose === "password") {
      if (user && user.disabledAt === null) await mailPasswordLink(scope, user);
    } else if (user) await mailHasSignIn(scope, user);
    else if ((await isRegistrationOpen(scope)) && isMailAddress(email)) await makeRegistrationLink(scope, email);
  });
}

function findUser(scope: InstallationScope, email: string) {
  return scope.db
    .selectFrom("users")
    .select(["id", "name", "email", "disabled_at as disabledAt"])
    .where("email_key", "=", emailKey(email))
    .executeTakeFirst();
}

async function mailPasswordLink(scope: InstallationScope, user: UserFacts): Promise<void> {
  const token = await makePasswordLink(scope, user.id, RESET_MS);
  await tellPerson(scope, user, {
    subject: "Set a new password",
    purpose: "password-reset",
    paragraphs: ["Somebody has asked to set a new password for your sign-in to Tallybook."],
    link: { label: "Set a new password", path: `/reset-password/${token}` },
    afterLink: [
      "The link works once, and for one hour. Your second factor stays as it is.",
      "If this was not you, do nothing: your password stays as it is.",
    ],
  });
  await recordAboutPerson(scope, user.id, { action: "person.password-link-sent" });
}

function mailHasSignIn(scope: InstallationScope, user: UserFacts): Promise<void> {
  return tellPerson(scope, user, {
    subject: "You have a sign-in already",
    purpose: "registration",
    paragraphs: [
      "Somebody has asked to make an account on Tallybook with your address. You have a sign-in with it already.",
    ],
    link: { label: "Sign in", path: "/sign-in" },
    afterLink: ["If this was not you, do nothing."],
  });
}
