import { describe, expect, test } from "vitest";
import runImport from "../../../jobs/run-import";
import { belongings } from "~/composition.server";
import { accountScope } from "~/features/accounts/account-scope.server";
import { changeRole, removeMember, switchOffMember, switchOnMember } from "~/features/accounts/change-member.server";
import {
  findActor,
  findMember,
  listMembers,
  listSwitchedOffPlaces,
  setMembership,
} from "~/features/accounts/members.server";
import { findPersonById } from "~/features/accounts/people.server";
import { can, type PersonRole } from "~/features/accounts/rights";
import { verifyChain } from "~/features/audit/audit.server";
import { assignOwner } from "~/features/contacts/owners.server";
import { listNotices } from "~/features/notices/notices.server";
import { findRun } from "~/features/pipeline/run/runs.server";
import { startRun } from "~/features/pipeline/run/start-run.server";
import { findVisitor, startSession } from "~/features/sign-in/sessions.server";
import { type InstallationScope, type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";
import { upload } from "~/testing/walk/examples";

async function actionsOf(scope: Scope): Promise<string[]> {
  const rows = await scope.db
    .selectFrom("audit_events")
    .select("action")
    .where("account_id", "=", scope.account.id)
    .orderBy("position")
    .execute();
  return rows.map(({ action }) => action);
}

const mailsTo = (scope: InstallationScope, email: string) =>
  scope.db.selectFrom("mails").select(["purpose", "subject"]).where("to_address", "=", email).orderBy("id").execute();

const idOf = (scope: Scope) => scope.user?.id ?? "";

describe.each(databases)("a member on %s", (engine) => {
  async function firm() {
    const installation = await given.installation(engine);
    const account = await given.account(installation);
    const admin = await given.member(installation, account);
    const join = (role: PersonRole) => given.member(installation, account, role);
    return { installation, account, admin, join };
  }

  test("gets another role, is told of it, and has it from the next request on", async () => {
    const { admin, join } = await firm();
    const tom = await join("viewer");
    expect(await changeRole(admin, idOf(tom), "user")).toEqual({ ok: true });
    expect(await findActor(admin, idOf(tom))).toMatchObject({ role: "user" });
    const [notice] = await listNotices(tom, {});
    expect(notice?.title).toContain("has changed your role: User");
    expect(await changeRole(admin, idOf(tom), "user")).toEqual({ ok: true });
    expect((await actionsOf(admin)).filter((action) => action === "member.role-changed")).toHaveLength(1);
    expect(await verifyChain(admin)).toMatchObject({ ok: true });
  });

  test("is not to be changed by who may not, or has lost the right since the page was shown", async () => {
    const { admin, join } = await firm();
    const [tom, other] = [await join("user"), await join("admin")];
    const refused = { ok: false, reason: "not-admin" };
    expect(await switchOffMember(tom, idOf(other))).toEqual(refused);
    expect(await removeMember(tom, { userId: idOf(other), handTo: null }, belongings)).toEqual(refused);
    expect(await changeRole(admin, idOf(other), "viewer")).toEqual({ ok: true });
    // Their scope still says admin, as that of a request half-way through would.
    expect(await changeRole(other, idOf(other), "admin")).toEqual(refused);
    expect(await changeRole(other, idOf(admin), "viewer")).toEqual(refused);
    expect(await switchOffMember(other, idOf(other))).toEqual(refused);
  });

  test("who is switched off is shut out in mid-session, and comes in again when switched on", async () => {
    const { installation, account, admin, join } = await firm();
    const tom = await join("user");
    const { token } = await startSession(installation, idOf(tom), null);
    const places = async () => (await findVisitor(installation, token))?.places.map((place) => place.account.id);
    expect(await places()).toEqual([account.id]);
    expect(await switchOffMember(admin, idOf(tom))).toEqual({ ok: true });
    expect(await places()).toEqual([]);
    expect(await findActor(admin, idOf(tom))).toBeNull();
    expect(await switchOnMember(admin, idOf(tom))).toEqual({ ok: true });
    expect(await places()).toEqual([account.id]);
    const told = (await mailsTo(installation, tom.user?.email ?? "")).map(({ purpose }) => purpose);
    expect(told).toEqual(["member-switched-off", "member-switched-on"]);
    expect((await actionsOf(admin)).slice(-2)).toEqual(["member.switched-off", "member.switched-on"]);
  });

  test("who is switched off no longer imports with what they started", async () => {
    const { installation, account, admin, join } = await firm();
    const tom = await join("user");
    const runId = await upload(tom);
    expect(await startRun(tom, runId)).toMatchObject({ ok: true });
    await switchOffMember(admin, idOf(tom));
    await runImport({ accountId: account.id, runId }, given.job(installation));
    expect(await findRun(admin, runId)).toMatchObject({
      problem: "Folasade Adebayo may no longer import contacts here.",
    });
  });

  test("who is removed in the middle of their import stores nothing more", async () => {
    const { installation, account, admin, join } = await firm();
    const tom = await join("user");
    const rows = Array.from({ length: 1_000 }, (_, at) => `Ann ${at},Okafor,ann.${at}@okafor.example`);
    const runId = await upload(tom, ["Given name,Family name,Email", ...rows].join("\n"));
    expect(await startRun(tom, runId)).toMatchObject({ ok: true });
    const job = given.job(installation);
    let batches = 0;
    const running = runImport({ accountId: account.id, runId }, job);
    while (batches === 0) {
      await new Promise((resolve) => setImmediate(resolve));
      batches = (await findRun(admin, runId))?.counts.read ?? 0;
    }
    expect(await removeMember(admin, { userId: idOf(tom), handTo: null }, belongings)).toEqual({ ok: true });
    await running;
    const run = await findRun(admin, runId);
    expect(run).toMatchObject({ state: "failed", problem: "Folasade Adebayo may no longer import contacts here." });
    expect(await belongings[0]?.count(admin, idOf(tom))).toBe(0);
  });

  test("who is removed hands over what was theirs, to a member or to nobody", async () => {
    const { installation, admin, join } = await firm();
    const [tom, grace] = [await join("user"), await join("user")];
    const [one, two] = [await given.contact(admin), await given.contact(admin)];
    await assignOwner(admin, [one.id, two.id], idOf(tom));
    const [contacts] = belongings;
    expect(await contacts?.count(admin, idOf(tom))).toBe(2);
    const leaving = { userId: idOf(tom), handTo: idOf(grace) };
    expect(await removeMember(admin, leaving, belongings)).toEqual({ ok: true });
    expect(await findMember(admin, idOf(tom))).toBeNull();
    expect([await contacts?.count(admin, idOf(tom)), await contacts?.count(admin, idOf(grace))]).toEqual([0, 2]);
    expect((await listNotices(grace, {}))[0]?.title).toContain("gave you 2 contacts to look after");
    expect(await mailsTo(installation, tom.user?.email ?? "")).toMatchObject([{ purpose: "member-removed" }]);
    expect(await removeMember(grace, { userId: idOf(grace), handTo: null }, belongings)).toEqual({ ok: true });
    expect(await contacts?.count(admin, idOf(grace))).toBe(0);
    expect((await actionsOf(admin)).filter((action) => /^member\.(left|removed)$/.test(action))).toEqual([
      "member.removed",
      "member.left",
    ]);
    expect(await verifyChain(admin)).toMatchObject({ ok: true });
  });

  test("what is handed over goes to nobody who has left, is switched off, or is elsewhere", async () => {
    const { installation, admin, join } = await firm();
    const [tom, off] = [await join("user"), await join("user")];
    const stranger = await given.member(installation, await given.account(installation));
    await switchOffMember(admin, idOf(off));
    for (const handTo of [idOf(off), idOf(stranger), idOf(tom)]) {
      const outcome = await removeMember(admin, { userId: idOf(tom), handTo }, belongings);
      expect(outcome).toEqual({ ok: false, reason: "not-open" });
    }
    expect(await findMember(admin, idOf(tom))).not.toBeNull();
  });

  test("the last administrator can neither leave, be demoted, switched off nor removed", async () => {
    const { installation, admin, join } = await firm();
    const off = await join("admin");
    await switchOffMember(admin, idOf(off));
    const disabled = await join("admin");
    const gone = { disabled_at: installation.clock.now() };
    await installation.db.updateTable("users").set(gone).where("id", "=", idOf(disabled)).execute();
    const last = { ok: false, reason: "last-admin" };
    expect(await changeRole(admin, idOf(admin), "user")).toEqual(last);
    expect(await switchOffMember(admin, idOf(admin))).toEqual(last);
    expect(await removeMember(admin, { userId: idOf(admin), handTo: null }, belongings)).toEqual(last);
    // Those who cannot come in are nobody's last hope, and can go.
    expect(await removeMember(admin, { userId: idOf(off), handTo: null }, belongings)).toEqual({ ok: true });
  });

  test("whose place is switched off can be told where, and the operator how many", async () => {
    const { installation, admin, join } = await firm();
    const tom = await join("user");
    expect(await listSwitchedOffPlaces(installation, idOf(tom))).toEqual([]);
    await switchOffMember(admin, idOf(tom));
    expect(await listSwitchedOffPlaces(installation, idOf(tom))).toEqual(["Brandt Holzbau GmbH"]);
    expect(await findPersonById(installation, idOf(tom))).toMatchObject({ places: 1, placesOff: 1 });
    expect(await findPersonById(installation, idOf(admin))).toMatchObject({ places: 1, placesOff: 0 });
  });

  const deeds: [string, (scope: Scope, userId: string) => Promise<{ ok: boolean }>][] = [
    ["remove", (scope, userId) => removeMember(scope, { userId, handTo: null }, belongings)],
    ["switch off", switchOffMember],
    ["demote", (scope, userId) => changeRole(scope, userId, "viewer")],
  ];
  test.each(deeds)(
    "of two administrators who %s each other at the same moment exactly one succeeds",
    async (_, deed) => {
      for (let round = 0; round < 8; round += 1) {
        const { admin, join } = await firm();
        const other = await join("admin");
        const done = await Promise.all([deed(admin, idOf(other)), deed(other, idOf(admin))]);
        expect(done.filter(({ ok }) => ok)).toHaveLength(1);
        const left = (await listMembers(admin)).filter((member) => member.role === "admin" && !member.switchedOffAt);
        expect(left).toHaveLength(1);
      }
    },
  );

  test("of two administrators who leave at the same moment one stays", async () => {
    const { admin, join } = await firm();
    const other = await join("admin");
    const leave = (scope: Scope) => removeMember(scope, { userId: idOf(scope), handTo: null }, belongings);
    const done = await Promise.all([leave(admin), leave(other)]);
    expect(done).toContainEqual({ ok: false, reason: "last-admin" });
    expect(await listMembers(admin)).toHaveLength(1);
  });

  test("keeps their places elsewhere, whatever becomes of them here", async () => {
    const { installation, admin, join } = await firm();
    const tom = await join("user");
    const elsewhere = await given.account(installation);
    const system = accountScope(installation, elsewhere, { user: null, role: "system" });
    await setMembership(system, { userId: idOf(tom), role: "user" });
    await removeMember(admin, { userId: idOf(tom), handTo: null }, belongings);
    expect(await findActor(system, idOf(tom))).toMatchObject({ role: "user" });
    expect(can({ role: "user" }, "members.manage")).toBe(false);
  });
});
