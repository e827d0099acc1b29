import { beforeAll, describe, expect, test } from "vitest";
import { findAccount } from "~/features/accounts/account-scope.server";
import { changeSettings, dropSecondFactorRule, requireSecondFactor } from "~/features/accounts/settings.server";
import { verifyChain } from "~/features/audit/audit.server";
import { loadSampleData } from "~/features/contacts/home/sample-data.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type AccountFacts, type InstallationScope, type Scope, type UserFacts } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";

function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open: () => open(), opened };
}

function placeOf({ account, clock }: Scope, user: UserFacts) {
  const nobody = { disabled_at: null, disabled_by: null, created_by: null };
  return { account_id: account.id, user_id: user.id, role: "user" as const, created_at: clock.now(), ...nobody };
}

describe.each(databases)("settings on %s", (engine) => {
  let installation: InstallationScope;
  let scope: Scope;

  beforeAll(async () => {
    installation = await given.installation(engine);
    const account = await given.account(installation, { name: "Brandt Holzbau GmbH", timeZone: "Europe/Berlin" });
    scope = await given.member(installation, account);
  });

  const present = async (): Promise<AccountFacts> => {
    const account = await findAccount(installation, scope.account.id);
    if (!account) throw new Error("The account is gone");
    return account;
  };

  const events = async () => {
    const rows = await scope.db
      .selectFrom("audit_events")
      .select(["action", "body"])
      .where("account_id", "=", scope.account.id)
      .orderBy("position")
      .execute();
    return rows.map(({ action, body }) => ({ action, fields: (JSON.parse(body) as { fields: string[] }).fields }));
  };

  test("what was changed is written, and its event names the fields and no values", async () => {
    const done = await changeSettings(scope, { name: "Brandt & Töchter GmbH", colour: scope.account.colour });
    expect(done).toEqual({ ok: true, changed: ["name"] });
    expect((await present()).name).toBe("Brandt & Töchter GmbH");
    expect((await events()).at(-1)).toEqual({ action: "account.settings-changed", fields: ["name"] });
    expect(await verifyChain(scope)).toMatchObject({ ok: true });
  });

  test("nothing changed writes nothing", async () => {
    const before = await events();
    expect(await changeSettings(scope, { name: "Brandt & Töchter GmbH" })).toEqual({ ok: true, changed: [] });
    expect(await events()).toEqual(before);
  });

  test("two administrators who change different fields both have their way", async () => {
    const began = { timeZone: "Europe/Berlin", currency: "GBP" };
    await changeSettings(scope, { timeZone: "Europe/Vienna", currency: "GBP" }, began);
    await changeSettings(scope, { timeZone: "Europe/Berlin", currency: "EUR" }, began);
    expect(await present()).toMatchObject({ timeZone: "Europe/Vienna", currency: "EUR" });
  });

  test("what both changed is asked about, and nothing of the second form is written", async () => {
    const began = { name: "Brandt & Töchter GmbH", colour: (await present()).colour };
    await changeSettings(scope, { ...began, name: "Brandt Zimmerei GmbH" }, began);
    const before = await present();
    const second = await changeSettings(scope, { name: "Brandt Möbel GmbH", colour: 1 + (began.colour % 8) }, began);
    expect(second).toMatchObject({ ok: false, reason: "changed-meanwhile", clashes: ["name"] });
    expect(await present()).toEqual(before);
    const knowing = await changeSettings(scope, { name: "Brandt Möbel GmbH" }, { name: before.name });
    expect(knowing).toEqual({ ok: true, changed: ["name"] });
  });

  test("two at the very same moment: one is written, the other asked", async () => {
    const began = { locale: (await present()).locale };
    const both = await Promise.all([
      changeSettings(scope, { locale: "de-DE" }, began),
      changeSettings({ ...scope }, { locale: "de-AT" }, began),
    ]);
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
  });

  test("own contacts and the second factor are since an instant, and off again", async () => {
    await changeSettings(scope, { ownContactsOnly: true, retentionDays: 30 });
    expect(await present()).toMatchObject({ ownContactsOnly: true, retentionDays: 30 });
    await changeSettings(scope, { ownContactsOnly: false });
    expect(await present()).toMatchObject({ ownContactsOnly: false, retentionDays: 30 });

    expect((await present()).requiresSecondFactor).toBe(true);
    expect(await requireSecondFactor(scope)).toEqual({ changed: false });
    expect(await dropSecondFactorRule(scope)).toEqual({ changed: true });
    expect((await present()).requiresSecondFactor).toBe(false);
    expect((await events()).at(-1)?.action).toBe("account.second-factor-optional");
    expect(await requireSecondFactor(scope)).toEqual({ changed: true });
    expect((await present()).requiresSecondFactor).toBe(true);
  });

  // On SQLite one who writes always waits for the other.
  test.runIf(engine === "postgres")(
    "nobody waits for who is only writing rows of the account, as imports do",
    async () => {
      const fresh = await given.scope(engine);
      const newcomer = await given.user(installation);
      const [wrote, mayEnd] = [gate(), gate()];
      const writing = inTransaction(fresh, async ({ db }) => {
        // The row holds the account itself, by its foreign key.
        await db.insertInto("memberships").values(placeOf(fresh, newcomer)).execute();
        wrote.open();
        await mayEnd.opened;
      });
      await wrote.opened;
      const done = await Promise.all([
        changeSettings({ ...fresh }, { name: "Okafor & Lindqvist" }),
        requireSecondFactor({ ...fresh }),
        loadSampleData({ ...fresh }),
      ]);
      mayEnd.open();
      await writing;
      expect(done).toMatchObject([{ ok: true }, { changed: false }, { ok: true }]);
    },
  );

  test("another account's settings stay as they are", async () => {
    const { scope: ours, other } = await given.twoAccounts(engine);
    const before = await findAccount(installation, other.account.id);
    await changeSettings(ours, { name: "Okafor & Lindqvist" });
    expect(await findAccount(installation, other.account.id)).toEqual(before);
  });
});
