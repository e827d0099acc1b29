import { describe, expect, test } from "vitest";
import { unseal } from "~/platform/encryption.server";
import { fromJson } from "~/platform/db/json.server";
import { verifyChain } from "~/features/audit/audit.server";
import { answerLinkRequest, askForLink } from "~/features/sign-in/link-requests.server";
import {
  findPasswordLink,
  makePasswordLink,
  RESET_MS,
  setPasswordByLink,
} from "~/features/sign-in/password-links.server";
import { hashCost, setHashCost } from "~/features/sign-in/hash-cost.server";
import { joinAsNewPerson } from "~/features/sign-in/join.server";
import { findPendingSignIn } from "~/features/sign-in/pending.server";
import {
  findRegistrationLink,
  makeRegistrationLink,
  setRegistration,
} from "~/features/sign-in/registration-links.server";
import { register } from "~/features/sign-in/registration.server";
import { findVisitor } from "~/features/sign-in/sessions.server";
import { newFirm } from "~/features/accounts/new-firm";
import { listPlacesOf } from "~/features/accounts/members.server";
import { createOperator } from "~/features/sign-in/create-operator.server";
import { openAccount } from "~/features/accounts/open-account.server";
import { findInvitation } from "~/features/accounts/invitation-links.server";
import { bodyPlace } from "~/platform/mail/write-mail.server";
import { newToken } from "~/platform/encryption.server";
import { type InstallationScope } from "~/platform/scope.server";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "~/platform/time";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { givenEnrolled, givenPassword, givenPending, goodPassword, whileHashing } from "~/testing/given-sign-in";

let street = 0;
const another = "kelp moth oxbow quill";

interface Mail {
  purpose: string;
  path: string | null;
}

async function mailsTo(scope: InstallationScope, email: string): Promise<Mail[]> {
  const rows = await scope.db
    .selectFrom("mails")
    .select(["id", "purpose", "body"])
    .where("to_address", "=", email)
    .orderBy("id")
    .execute();
  return rows.map(({ id, purpose, body }) => {
    const said = fromJson<{ link?: { path: string } }>(unseal(scope.keys, bodyPlace(id), body ?? ""));
    return { purpose, path: said.link?.path ?? null };
  });
}

/** As the job would, for every request that waits. */
async function answerAll(scope: InstallationScope): Promise<number> {
  const rows = await scope.db.selectFrom("link_requests").select("id").execute();
  for (const { id } of rows) {
    await answerLinkRequest(scope, id);
    await answerLinkRequest(scope, id);
  }
  return rows.length;
}

const tokenOf = (path: string | null | undefined) => path?.split("/").at(-1) ?? "";

describe.each(databases)("a link to set a password on %s", (engine) => {
  async function somebody() {
    const clock = testClock();
    street += 1;
    const scope = await given.installation(engine, { clock, address: `203.0.113.${street % 250}` });
    const account = await given.account(scope);
    const member = await given.member(scope, account, "user");
    const user = member.user ?? (await given.user(scope));
    await givenPassword(scope, user);
    const enrolled = await givenEnrolled(scope, user);
    clock.advance(MINUTE_MS);
    return { clock, scope, account, member, user, ...enrolled };
  }

  test("ends all sessions, tells the person, is recorded, and never takes the second factor's place", async () => {
    const { scope, member, user, sessionToken } = await somebody();
    const token = await makePasswordLink(scope, user.id, RESET_MS);
    const done = await setPasswordByLink(scope, token, another);
    if (!done.ok) throw new Error(done.reason);
    expect(done.hasSecondFactor).toBe(true);
    expect(await findVisitor(scope, sessionToken)).toBeNull();
    expect(await findVisitor(scope, done.pendingToken)).toBeNull();
    expect(await findPendingSignIn(scope, done.pendingToken)).toMatchObject({ hasSecondFactor: true });
    await givenPending(scope, user, { password: another });
    await expect(givenPending(scope, user)).rejects.toThrow("wrong");
    expect(await mailsTo(scope, user.email)).toMatchObject([{ purpose: "password-changed" }]);
    const events = await member.db
      .selectFrom("audit_events")
      .select("action")
      .where("account_id", "=", member.account.id)
      .execute();
    expect(events.map(({ action }) => action)).toContain("person.password-reset");
    expect(await verifyChain(member)).toMatchObject({ ok: true });
  });

  test("counts once, also when it comes twenty times at the same moment", async () => {
    const { scope, user } = await somebody();
    const token = await makePasswordLink(scope, user.id, RESET_MS);
    const all = await Promise.all(Array.from({ length: 10 }, () => setPasswordByLink(scope, token, another)));
    expect(all.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await findPasswordLink(scope, token)).toMatchObject({ state: "spent" });
  });

  test("holds for an hour, and only until there is a newer one", async () => {
    const { clock, scope, user } = await somebody();
    const [older, newer] = [
      await makePasswordLink(scope, user.id, RESET_MS),
      await makePasswordLink(scope, user.id, RESET_MS),
    ];
    expect(await setPasswordByLink(scope, older, another)).toEqual({ ok: false, reason: "gone" });
    clock.advance(HOUR_MS);
    expect(await findPasswordLink(scope, newer)).toMatchObject({ state: "expired" });
    expect(await setPasswordByLink(scope, newer, another)).toEqual({ ok: false, reason: "gone" });
    expect(await setPasswordByLink(scope, newToken(), another)).toEqual({ ok: false, reason: "gone" });
  });

  test("is not spent by a poor password, nor while too many passwords are checked", async () => {
    const { scope, user, account } = await somebody();
    const token = await makePasswordLink(scope, user.id, RESET_MS);
    for (const poor of ["short", `${account.name} 2026!`]) {
      expect(await setPasswordByLink(scope, token, poor)).toMatchObject({ reason: "password" });
    }
    const busy = await whileHashing(scope, () => setPasswordByLink(scope, token, another));
    expect(busy).toMatchObject({ reason: "busy" });
    expect(await setPasswordByLink(scope, token, another)).toMatchObject({ ok: true });
  });

  test("of somebody who was disabled leads nowhere", async () => {
    const { clock, scope, user } = await somebody();
    const token = await makePasswordLink(scope, user.id, RESET_MS);
    await scope.db.updateTable("users").set({ disabled_at: clock.now() }).where("id", "=", user.id).execute();
    expect(await findPasswordLink(scope, token)).toBeNull();
    expect(await setPasswordByLink(scope, token, another)).toEqual({ ok: false, reason: "gone" });
  });

  test("asked for by mail goes to who has the address, in capitals too, and to nobody else", async () => {
    const { clock, scope, user } = await somebody();
    await answerAll(scope);
    const disabled = await given.user(scope);
    await scope.db.updateTable("users").set({ disabled_at: clock.now() }).where("id", "=", disabled.id).execute();
    for (const email of [user.email.toUpperCase(), "nobody@nowhere.example", disabled.email]) {
      expect(await askForLink(scope, "password", email)).toEqual({ ok: true });
    }
    const rows = await scope.db.selectFrom("link_requests").select(["email"]).execute();
    expect(JSON.stringify(rows).toLowerCase()).not.toContain(user.email);
    expect(await answerAll(scope)).toBe(3);
    const [mail, ...more] = await mailsTo(scope, user.email);
    expect([mail?.purpose, more]).toEqual(["password-reset", []]);
    expect([await mailsTo(scope, disabled.email), await mailsTo(scope, "nobody@nowhere.example")]).toEqual([[], []]);
    expect(await setPasswordByLink(scope, tokenOf(mail?.path), another)).toMatchObject({ ok: true });
  });

  test("is asked for only so often, known or not", async () => {
    const { scope, user } = await somebody();
    for (const email of [user.email, `nobody.${street}@nowhere.example`]) {
      for (let i = 0; i < 10; i += 1) expect(await askForLink(scope, "password", email)).toEqual({ ok: true });
      expect(await askForLink(scope, "password", email)).toMatchObject({ reason: "too-many" });
    }
    await answerAll(scope);
  });
});

describe.each(databases)("making an account on %s", (engine) => {
  const firm = () => newFirm(`Carver Books ${(street += 1)} Ltd`, "GB") ?? expect.fail();

  async function open() {
    const clock = testClock();
    const scope = await given.installation(engine, { clock, address: `192.0.2.${(street += 1) % 250}` });
    const operator = await given.user(scope, { operator: true });
    const visitor = { sessionId: "", user: { ...operator, isOperator: true, colourScheme: null }, places: [] };
    await setRegistration(scope, visitor, true);
    return { scope, visitor, clock };
  }

  test("by oneself takes a link to one's address, and makes firm, person and place", async () => {
    const { scope } = await open();
    const email = `rosalind.${(street += 1)}@carver.example`;
    await askForLink(scope, "registration", email);
    await answerAll(scope);
    const [mail] = await mailsTo(scope, email);
    const token = tokenOf(mail?.path);
    expect(await findRegistrationLink(scope, token)).toEqual({ state: "open", email });
    const account = firm();
    const form = { account, name: "Rosalind Carver", password: goodPassword };
    expect(await register(scope, token, { ...form, password: "carver books 1" })).toMatchObject({ reason: "password" });
    const done = await register(scope, token, form);
    if (!done.ok) throw new Error(done.reason);
    const pending = await findPendingSignIn(scope, done.pendingToken);
    expect(pending).toMatchObject({ returnTo: `/${account.slug}`, user: { email } });
    expect(await listPlacesOf(scope, pending?.user.id ?? "")).toMatchObject([{ role: "admin" }]);
    expect(await register(scope, token, form)).toEqual({ ok: false, reason: "gone" });
  });

  test("by oneself with a link that a newer one has replaced meanwhile makes nothing, and says so", async () => {
    const { scope } = await open();
    const email = `rosalind.${(street += 1)}@carver.example`;
    const older = await makeRegistrationLink(scope, email);
    const newer: Promise<string>[] = [];
    const form = {
      account: firm(),
      name: "Rosalind Carver",
      /** Read after the link was looked at: they ask for another one at this moment, in capitals. */
      get password() {
        if (newer.length === 0) newer.push(makeRegistrationLink(scope, email.toUpperCase()));
        return goodPassword;
      },
    };
    const usual = hashCost();
    // As long as on a server, so that there is a meanwhile.
    setHashCost(10);
    const outcome = await register(scope, older, form).finally(() => setHashCost(usual));
    expect(outcome).toEqual({ ok: false, reason: "gone" });
    const token = (await newer[0]) ?? "";
    expect(await findRegistrationLink(scope, token)).toMatchObject({ state: "open" });
    const users = scope.db.selectFrom("users").select("id").where("email_key", "=", email);
    expect(await users.execute()).toEqual([]);
  });

  test("by oneself with a link whose day ends meanwhile makes nothing, and says so", async () => {
    const { scope, clock } = await open();
    const email = `rosalind.${(street += 1)}@carver.example`;
    const token = await makeRegistrationLink(scope, email);
    clock.advance(DAY_MS - 1);
    const form = {
      account: firm(),
      name: "Rosalind Carver",
      get password() {
        clock.advance(1);
        return goodPassword;
      },
    };
    expect(await register(scope, token, form)).toEqual({ ok: false, reason: "gone" });
  });

  test("by oneself takes the newest link, however the address was written", async () => {
    const { scope } = await open();
    const email = `rosalind.${(street += 1)}@carver.example`;
    const older = await makeRegistrationLink(scope, email);
    const newer = await makeRegistrationLink(scope, email.toUpperCase());
    expect(await findRegistrationLink(scope, older)).toMatchObject({ state: "spent" });
    expect(await findRegistrationLink(scope, newer)).toMatchObject({ state: "open" });
  });

  test("by oneself under a name that is taken gets the next free address", async () => {
    const { scope } = await open();
    const account = firm();
    const slugs = [];
    for (const name of ["one", "two", "three"]) {
      const email = `${name}.${(street += 1)}@carver.example`;
      await askForLink(scope, "registration", email);
      await answerAll(scope);
      const token = tokenOf((await mailsTo(scope, email))[0]?.path);
      const done = await register(scope, token, { account, name: "Rosalind Carver", password: goodPassword });
      slugs.push(done.ok && (await findPendingSignIn(scope, done.pendingToken))?.returnTo);
    }
    expect(slugs).toEqual([`/${account.slug}`, `/${account.slug}-2`, `/${account.slug}-3`]);
  });

  test("tells who has a sign-in already only by mail", async () => {
    const { scope } = await open();
    const user = await given.user(scope);
    expect(await askForLink(scope, "registration", user.email)).toEqual({ ok: true });
    await answerAll(scope);
    expect(await mailsTo(scope, user.email)).toEqual([{ purpose: "registration", path: "/sign-in" }]);
  });

  test("is over with the moment the operator closes it, for links that were sent, too", async () => {
    const { scope, visitor } = await open();
    const email = `late.${(street += 1)}@carver.example`;
    await askForLink(scope, "registration", email);
    await answerAll(scope);
    const token = tokenOf((await mailsTo(scope, email))[0]?.path);
    await setRegistration(scope, visitor, false);
    const form = { account: firm(), name: "Rosalind Carver", password: goodPassword };
    expect(await register(scope, token, form)).toEqual({ ok: false, reason: "gone" });
    await askForLink(scope, "registration", `later.${street}@carver.example`);
    await answerAll(scope);
    expect(await mailsTo(scope, `later.${street}@carver.example`)).toEqual([]);
  });

  test("for somebody else gives them an invitation, whether or not they sign in here already", async () => {
    const { scope } = await open();
    const account = firm();
    const user = await given.user(scope);
    const opened = await openAccount(scope, account, { email: user.email, name: null });
    if (!opened.ok) throw new Error(opened.reason);
    expect(await findInvitation(scope, opened.token)).toMatchObject({ role: "admin", hasUser: true, state: "open" });
    // Nobody has joined: another link, to another address if need be, and the first one is void.
    const again = { email: `corrected.${(street += 1)}@carver.example`, name: null };
    const second = await openAccount(scope, account, again);
    if (!second.ok) throw new Error(second.reason);
    expect(second.account.id).toBe(opened.account.id);
    expect(await findInvitation(scope, opened.token)).toMatchObject({ state: "revoked" });
    const newcomer = { name: "Rosalind Carver", password: goodPassword };
    expect(await joinAsNewPerson(scope, second.token, newcomer)).toMatchObject({ ok: true });
    expect(await openAccount(scope, account, again)).toEqual({ ok: false, reason: "slug-taken" });
    expect(await openAccount(scope, firm(), { ...again, email: "nonsense" })).toEqual({ ok: false, reason: "address" });
  });

  test("an operator is made with a link to their first password, and only once", async () => {
    const { scope } = await open();
    const email = `nell.${(street += 1)}@hale.example`;
    const made = await createOperator(scope, { email, name: "Nell Whitcombe" });
    if (!made.ok) throw new Error(made.reason);
    const again = await createOperator(scope, { email: email.toUpperCase(), name: "Nell" });
    expect(again).toEqual({ ok: false, reason: "email-taken" });
    expect(await setPasswordByLink(scope, made.token, "short of fifteen".slice(0, 14))).toMatchObject({
      reason: "password",
    });
    const done = await setPasswordByLink(scope, made.token, goodPassword);
    expect(done).toMatchObject({ ok: true, hasSecondFactor: false });
    const row = await scope.db.selectFrom("users").select("operator_since").where("email", "=", email).execute();
    expect(row[0]?.operator_since).not.toBeNull();
  });
});
