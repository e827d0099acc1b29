/** Sessions: how long they live, and who ends them. */
import { describe, expect, test } from "vitest";
import { accountScope, theSystem } from "~/features/accounts/account-scope.server";
import { setMembership } from "~/features/accounts/members.server";
import { startPendingSignIn } from "~/features/sign-in/pending.server";
import {
  endSession,
  findVisitor,
  listSessions,
  revokeOtherSessions,
  revokeSession,
  rotateSession,
} from "~/features/sign-in/sessions.server";
import { HOUR_MS, MINUTE_MS } from "~/platform/time";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";
import { givenEnrolled, givenSession } from "~/testing/given-sign-in";
import { somebody } from "~/testing/quiet-office";

describe.each(databases)("sessions on %s", (engine) => {
  async function signedIn() {
    const start = await somebody(engine);
    return { ...start, ...(await givenEnrolled(start.scope, start.user)) };
  }

  test("end an hour after their last use", async () => {
    const { clock, scope, sessionToken } = await signedIn();
    for (let i = 0; i < 5; i += 1) {
      clock.advance(59 * MINUTE_MS);
      expect(await findVisitor(scope, sessionToken)).not.toBeNull();
    }
    clock.advance(HOUR_MS);
    expect(await findVisitor(scope, sessionToken)).toBeNull();
  });

  test("end a day after their start, used or not", async () => {
    const { clock, scope, sessionToken } = await signedIn();
    for (let i = 0; i < 47; i += 1) {
      clock.advance(30 * MINUTE_MS);
      expect(await findVisitor(scope, sessionToken)).not.toBeNull();
    }
    clock.advance(30 * MINUTE_MS);
    expect(await findVisitor(scope, sessionToken)).toBeNull();
  });

  test("are dead after sign-out, and nothing brings them back", async () => {
    const { scope, user, sessionToken } = await signedIn();
    const visitor = await findVisitor(scope, sessionToken);
    expect(await endSession(scope, sessionToken)).toMatchObject({ userId: user.id });
    expect(await findVisitor(scope, sessionToken)).toBeNull();
    expect(await endSession(scope, sessionToken)).toBeNull();
    expect(await rotateSession(scope, visitor?.sessionId ?? "")).toBeNull();
    expect(await listSessions(scope, user.id)).toEqual([]);
  });

  test("a rotated session lives under its new token only", async () => {
    const { scope, sessionToken } = await signedIn();
    const visitor = await findVisitor(scope, sessionToken);
    const rotated = await rotateSession(scope, visitor?.sessionId ?? "");
    expect(await findVisitor(scope, sessionToken)).toBeNull();
    expect(await findVisitor(scope, rotated ?? "")).toMatchObject({ sessionId: visitor?.sessionId });
  });

  test("a disabled person is out with the next request; a lost place is gone as well", async () => {
    const { scope, user, sessionToken } = await signedIn();
    const account = await given.account(scope);
    await setMembership(accountScope(scope, account, theSystem), { userId: user.id, role: "viewer" });
    expect(await findVisitor(scope, sessionToken)).toMatchObject({ places: [{ account, role: "viewer" }] });
    await setMembership(accountScope(scope, account, theSystem), { userId: user.id, role: "user" });
    expect(await findVisitor(scope, sessionToken)).toMatchObject({ places: [{ role: "user" }] });
    await scope.db.updateTable("users").set({ disabled_at: scope.clock.now() }).where("id", "=", user.id).execute();
    expect(await findVisitor(scope, sessionToken)).toBeNull();
  });

  test("tell of the firms with a place for the person, and of no other", async () => {
    const { scope, user, sessionToken } = await signedIn();
    const [account] = [await given.account(scope), await given.account(scope)];
    await setMembership(accountScope(scope, account, theSystem), { userId: user.id, role: "viewer" });
    const seen = await findVisitor(scope, sessionToken);
    expect(seen?.places.map((place) => place.account.slug)).toEqual([account.slug]);
  });

  test("can be listed and ended by their owner, one or all others, and by nobody else", async () => {
    const { clock, scope, user, totpSecret, sessionToken } = await signedIn();
    const stranger = await given.user(scope);
    clock.advance(MINUTE_MS);
    const second = await givenSession(scope, user, totpSecret);
    clock.advance(MINUTE_MS);
    const third = await givenSession(scope, user, totpSecret);
    const ids = (await listSessions(scope, user.id)).map((session) => session.id);
    expect(ids).toHaveLength(3);
    expect(await revokeSession(scope, stranger.id, ids[0] ?? "")).toBe(false);
    const first = await findVisitor(scope, sessionToken);
    expect(await revokeSession(scope, user.id, first?.sessionId ?? "")).toBe(true);
    const last = await findVisitor(scope, third);
    expect(await revokeOtherSessions(scope, user.id, last?.sessionId ?? "")).toBe(1);
    expect(await findVisitor(scope, second)).toBeNull();
    expect(await findVisitor(scope, third)).not.toBeNull();
  });

  test("a forged token, a hash and a pending sign-in's token are no sessions", async () => {
    const { scope, user, sessionToken } = await signedIn();
    const rows = await scope.db.selectFrom("sessions").select("token_hash").where("user_id", "=", user.id).execute();
    const pending = await startPendingSignIn(scope, { userId: user.id, returnTo: null, needsSecondFactor: false });
    for (const token of ["", "x", rows[0]?.token_hash ?? "", pending, `${sessionToken} `]) {
      expect(await findVisitor(scope, token)).toBeNull();
    }
  });
});
