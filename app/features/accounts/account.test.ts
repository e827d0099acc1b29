import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emailKey, slugFrom, slugProblem } from "~/features/accounts/account";
import { can, type Right, rights } from "~/features/accounts/rights";
import { type Role } from "~/platform/scope.server";

describe("slugs", () => {
  test.each(["brandt-holzbau", "acme", "a1", "firm-2026"])("%s is accepted", (slug) =>
    expect(slugProblem(slug)).toBeNull(),
  );

  test.each([
    "",
    "a",
    "-acme",
    "acme-",
    "a--b",
    "Acme",
    "1acme",
    "a b",
    "a/b",
    "a.b",
    "é-tat",
    "a".repeat(41),
    "%2e%2e",
  ])("%j is malformed", (slug) => expect(slugProblem(slug)).toBe("slug-malformed"));

  test.each(["sign-in", "sign-out", "set-up", "person", "api", "assets", "healthz", "operator"])(
    "%s is reserved",
    (slug) => expect(slugProblem(slug)).toBe("slug-reserved"),
  );

  test("any name gives a slug of the right form", () => {
    expect(slugFrom("Brandt Holzbau GmbH")).toBe("brandt-holzbau-gmbh");
    expect(slugFrom("Østergård & Søn")).toBe("ostergard-son");
    expect(slugFrom("株式会社")).toBe("firm");
    fc.assert(fc.property(fc.string({ unit: "grapheme" }), (name) => slugProblem(slugFrom(name)) !== "slug-malformed"));
  });
});

describe("email addresses", () => {
  test("differ by more than their spelling", () => {
    expect(emailKey(" Ann@Example.com ")).toBe(emailKey("ann@example.com"));
    expect(emailKey("rené@example.com")).not.toBe(emailKey("rene@example.com"));
  });
});

describe("rights", () => {
  /** Written out a second time on purpose: widening a role must be done in two places. */
  const matrix: Record<Right, string> = {
    "account.read": "admin user viewer system",
    "contacts.read": "admin user viewer system",
    "contacts.write": "admin user system",
    "contacts.archive": "admin user system",
    "contacts.import": "admin user system",
    "contacts.export": "admin user",
    "suppressions.read": "admin user viewer system",
    "suppressions.add": "admin user system",
    "suppressions.manage": "admin",
    "campaigns.read": "admin user viewer system",
    "campaigns.write": "admin user system",
    "connectors.manage": "admin",
    "reconciliations.read": "admin user viewer system",
    "reconciliations.write": "admin user system",
    "work.read": "admin user viewer system",
    "work.cancel": "admin user",
    "members.read": "admin user viewer",
    "members.manage": "admin",
    "settings.read": "admin",
    "settings.manage": "admin",
  };
  const roles: Role[] = ["admin", "user", "viewer", "system"];

  test.each(Object.entries(matrix))("%s is for %s", (right, allowed) => {
    for (const role of roles)
      expect([role, can({ role, ownOnly: false }, right as Right)]).toEqual([role, allowed.split(" ").includes(role)]);
  });

  test("the table knows every right", () => expect(Object.keys(matrix)).toEqual(Object.keys(rights)));

  test("who sees their own contacts only can neither import nor see campaigns, reconciliations or the suppression list, and do all else", () => {
    const lost = (Object.keys(rights) as Right[]).filter(
      (right) => can({ role: "user", ownOnly: false }, right) && !can({ role: "user", ownOnly: true }, right),
    );
    expect(lost).toEqual([
      "contacts.import",
      ...["suppressions.read", "suppressions.add"],
      ...["campaigns.read", "campaigns.write"],
      ...["reconciliations.read", "reconciliations.write"],
    ]);
  });

  test("a viewer can change nothing", () => {
    const granted = (Object.keys(rights) as Right[]).filter((right) => can({ role: "viewer", ownOnly: false }, right));
    expect(granted.every((right) => right.endsWith(".read"))).toBe(true);
  });
});
