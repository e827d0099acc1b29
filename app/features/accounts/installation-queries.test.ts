import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { reservedSlugs } from "~/features/accounts/account";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";

/** Every function of a feature that works on the whole installation. A new one is thought about twice, then added here. */
const known: Record<string, string[]> = {
  "accounts/account-scope.server.ts": ["accountScope", "findAccount", "systemScope"],
  "accounts/accounts.server.ts": ["accountIds", "createAccount", "createUser", "listAccounts"],
  "accounts/find-by-slug.server.ts": ["findAccountBySlug"],
  "accounts/free-slug.server.ts": ["findFreeSlug"],
  "accounts/invitation-links.server.ts": ["findInvitation"],
  "accounts/join-account.server.ts": ["joinAccount"],
  "accounts/lock-person.server.ts": ["lockPerson"],
  "accounts/members.server.ts": ["listPlacesOf", "listSwitchedOffPlaces"],
  "accounts/open-account.server.ts": ["openAccount"],
  "accounts/password-tokens.server.ts": ["voidPasswordLinks"],
  "accounts/people.server.ts": ["findPersonById", "listPeople"],
  "connectors/access/connect-links.server.ts": [
    "findConnectLink",
    "makeConnectLink",
    "spendConnectLink",
    "voidConnectLinks",
  ],
  "connectors/access/connect.server.ts": ["finishConnecting"],
  "connectors/access/disconnect.server.ts": ["disconnect"],
  "connectors/access/oauth-requests.server.ts": ["removeExpiredRequests", "spendRequest"],
  "connectors/access/take-back.server.ts": ["takeBack", "turnDown"],
  "sign-in/attempts.server.ts": ["attempt"],
  "sign-in/begin-session.server.ts": ["beginSession"],
  "sign-in/create-operator.server.ts": ["createOperator"],
  "sign-in/expired.server.ts": ["removeExpiredSignIns"],
  "sign-in/inviting.server.ts": ["invite", "inviteAgain"],
  "sign-in/join.server.ts": ["joinAsNewPerson", "joinAsVisitor"],
  "sign-in/known-devices.server.ts": ["isKnownDevice", "rememberDevice"],
  "sign-in/link-requests.server.ts": ["answerLinkRequest", "askForLink"],
  "sign-in/loosen-second-factor.server.ts": ["loosenSecondFactor"],
  "sign-in/password-links.server.ts": ["findPasswordLink", "linkThrottles", "makePasswordLink", "setPasswordByLink"],
  "sign-in/passwords.server.ts": ["renewHash", "storePasswordHash"],
  "sign-in/pending.server.ts": ["endPendingSignIn", "findPendingSignIn", "startPendingSignIn"],
  "sign-in/person-events.server.ts": ["recordAboutPerson", "recordForPerson"],
  "sign-in/profile.server.ts": ["changeProfile", "findProfile"],
  "sign-in/recovery-codes.server.ts": ["findNewCodes", "makeRecoveryCodes", "putNewCodesAway", "spendRecoveryCode"],
  "sign-in/registration-links.server.ts": [
    "findRegistrationLink",
    "isRegistrationOpen",
    "makeRegistrationLink",
    "setRegistration",
  ],
  "sign-in/registration.server.ts": ["register"],
  "sign-in/reset-for-others.server.ts": ["makeLinkFor", "resetSecondFactorOf", "whomToHelp"],
  "sign-in/reset-second-factor.server.ts": ["resetSecondFactor", "takeSecondFactor"],
  "sign-in/second-factor.server.ts": [
    "acceptOffer",
    "findSecondFactor",
    "hasSecondFactor",
    "listEnrolled",
    "spendCode",
  ],
  "sign-in/sessions.server.ts": [
    "endSession",
    "findVisitor",
    "listSessions",
    "revokeOtherSessions",
    "revokeSession",
    "rotateSession",
    "startSession",
  ],
  "sign-in/set-up.server.ts": ["isEmptyInstallation", "offerSetUp", "setUpInstallation"],
  "sign-in/sign-in.server.ts": ["tryEnrolment", "tryPassword", "tryRecoveryCode", "trySecondFactor"],
  "sign-in/sign-out.server.ts": ["signOut"],
  "sign-in/step-up.server.ts": [
    "changePassword",
    "endOneSession",
    "endOtherSessions",
    "findOffer",
    "offerAuthenticator",
    "proven",
    "renewRecoveryCodes",
    "replaceAuthenticator",
  ],
  "sign-in/tell-person.server.ts": ["tellPerson"],
  "sign-in/throttles.server.ts": ["countAttempt", "settleAttempts"],
  "sign-in/without-second-factor.server.ts": ["goOnWithout", "mayGoOnWithout"],
};

const features = join(import.meta.dirname, "..");

function installationFunctions(file: string): string[] {
  const source = readFileSync(join(features, file), "utf8");
  const heads = source.matchAll(/^export (?:async )?function\*? (\w+)(?:<[^>]*>)?\(((?:[^()]|\([^()]*\))*)\)/gm);
  return [...heads]
    .filter(([, , parameters = ""]) => parameters.includes("InstallationScope"))
    .map(([, name = ""]) => name)
    .sort();
}

describe("the installation's view", () => {
  test("has these functions in the features and no others", () => {
    const files = readdirSync(features, { recursive: true, encoding: "utf8" });
    const found = files
      .filter((file) => file.endsWith(".server.ts"))
      .map((file) => [file, installationFunctions(file)] as const)
      .filter(([, names]) => names.length > 0);
    expect(Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)))).toEqual(known);
  });

  test.each(databases)("sees nothing of a contact on %s", async (engine) => {
    const { db } = await given.installation(engine);
    for (const table of ["contacts", "contact_points", "contact_records", "audit_events", "runs"] as never[]) {
      await expect(
        db
          .selectFrom(table)
          .select("account_id" as never)
          .execute(),
      ).rejects.toThrow();
    }
  });
});

describe("addresses", () => {
  test("of our own are no account's slug", () => {
    const map = readFileSync(join(features, "..", "routes.ts"), "utf8");
    const top = [...map.matchAll(/^ {2}(?:\.\.\.prefix|route)\("([^"]+)"/gm)].map(
      ([, path = ""]) => path.split("/")[0] ?? "",
    );
    const own = top.filter((step) => !step.startsWith(":") && !step.includes("."));
    expect(own).toEqual(expect.arrayContaining(["sign-in", "sign-out", "set-up", "person"]));
    for (const step of own) expect([step, reservedSlugs.has(step)]).toEqual([step, true]);
  });
});
