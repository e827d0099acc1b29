import { describe, expect, test } from "vitest";
import { accountScope, findAccount, systemScope, theSystem } from "~/features/accounts/account-scope.server";
import { createAccount, createUser, listAccounts, type NewAccount } from "~/features/accounts/accounts.server";
import { listPlacesOf, listMembers, setMembership } from "~/features/accounts/members.server";
import { verifyChain } from "~/features/audit/audit.server";
import { newId } from "~/platform/ids.server";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";

const brandt: NewAccount = {
  name: "Brandt Holzbau GmbH",
  slug: "brandt-holzbau",
  colour: 3,
  timeZone: "Europe/Berlin",
  locale: "de-DE",
  currency: "EUR",
  phoneCountry: "DE",
};

describe.each(databases)("accounts on %s", (engine) => {
  test("an account is found again with all its facts, and its chain begins with its making", async () => {
    const installation = await given.installation(engine);
    const facts = { ...brandt, slug: `brandt-${newId().slice(-12)}` };
    const made = await createAccount(installation, facts);
    if (!made.ok) throw new Error(made.reason);
    expect(await findAccount(installation, made.account.id)).toMatchObject({ ...facts, id: made.account.id });
    expect(await verifyChain(await systemScope(installation, made.account.id))).toEqual({ ok: true, events: 1 });
  });

  test("two accounts cannot have one slug, not even at the same moment", async () => {
    const installation = await given.installation(engine);
    const slug = `brandt-${newId().slice(-12)}`;
    const made = await Promise.all([1, 2, 3].map(() => createAccount(installation, { ...brandt, slug })));
    expect(made.filter((result) => result.ok)).toHaveLength(1);
    expect(made.filter((result) => !result.ok && result.reason === "slug-taken")).toHaveLength(2);
  });

  test.each([
    [{ slug: "sign-in" }, "slug-reserved"],
    [{ slug: "Brandt" }, "slug-malformed"],
    [{ name: "  " }, "name-missing"],
    [{ timeZone: "Europe/Londonium" }, "time-zone-unknown"],
    [{ currency: "DEM" }, "currency-unknown"],
  ] as const)("an account with %j is refused: %s", async (wrong, reason) => {
    const installation = await given.installation(engine);
    expect(await createAccount(installation, { ...brandt, ...wrong })).toEqual({ ok: false, reason });
  });

  test("two spellings of one address are one person", async () => {
    const installation = await given.installation(engine);
    const { email } = await given.user(installation, { name: "Zoë Lindqvist" });
    expect(await createUser(installation, { name: "Zoë", email: ` ${email.toUpperCase()} ` })).toEqual({
      ok: false,
      reason: "email-taken",
    });
  });

  test("a person sees the accounts they have a place in and no other", async () => {
    const installation = await given.installation(engine);
    const person = await given.user(installation);
    const [first, second] = [await given.account(installation), await given.account(installation)];
    await given.account(installation);
    for (const account of [first, second]) {
      await setMembership(accountScope(installation, account, theSystem), { userId: person.id, role: "viewer" });
    }
    const seen = await listPlacesOf(installation, person.id);
    expect(seen.every((place) => place.role === "viewer")).toBe(true);
    expect(seen.map(({ account }) => account.id).sort()).toEqual([first.id, second.id].sort());
  });

  test("members are listed in their own account only, with role and name", async () => {
    const { scope, other } = await given.twoAccounts(engine);
    const members = await listMembers(scope);
    expect(members).toMatchObject([{ id: scope.user?.id, name: "Folasade Adebayo", role: "admin", disabledAt: null }]);
    expect((await listMembers(other)).map((member) => member.id)).toEqual([other.user?.id]);
  });

  test("a role given twice is one change; another role replaces it", async () => {
    const scope = await given.scope(engine);
    const person = await given.user(await given.installation(engine));
    const before = await verifyChain(scope);
    await setMembership(scope, { userId: person.id, role: "viewer" });
    await setMembership(scope, { userId: person.id, role: "viewer" });
    await setMembership(scope, { userId: person.id, role: "user" });
    expect((await listMembers(scope)).find((member) => member.id === person.id)).toMatchObject({ role: "user" });
    expect(await verifyChain(scope)).toEqual({ ok: true, events: (before.ok ? before.events : 0) + 2 });
  });

  test("the operator sees every account with its number of members", async () => {
    const { scope, other } = await given.twoAccounts(engine);
    await given.member(await given.installation(engine), scope.account, "viewer");
    const seen = await listAccounts(await given.installation(engine));
    expect(seen.find((account) => account.id === scope.account.id)?.members).toBe(2);
    expect(seen.find((account) => account.id === other.account.id)?.members).toBe(1);
  });

  test("a job of an account that is not there is a bug", async () => {
    await expect(systemScope(await given.installation(engine), newId())).rejects.toThrow("no such account");
  });
});
