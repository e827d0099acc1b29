/** What was fetched yesterday with everybody's contacts in it is not fetched again by who sees only their own today. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { changeSettings } from "~/features/accounts/settings.server";
import { accountScope } from "~/features/accounts/account-scope.server";
import { askForExport } from "~/features/contacts/export/exports.server";
import { makeExport } from "~/features/contacts/export/make-export.server";
import { readView } from "~/features/contacts/list/contact-list";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { ask, type House, openHouse } from "~/testing/walk/house";

const view = readView(new URLSearchParams());
const never = new AbortController().signal;

describe.each(databases)("files made before members saw only their own contacts, on %s", (engine) => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse(engine);
  });
  afterAll(() => house.site.close());

  const asUser = (path: string) => ask(house.site, house.people.user, `/${house.example.slug}${path}`);

  function memberScope(ownContactsOnly: boolean): Scope {
    const { user } = house.people.user;
    if (!user) throw new Error("They are a person");
    return accountScope(house.installation, { ...house.ours.account, ownContactsOnly }, { user, role: "user" });
  }

  async function exported(scope: Scope): Promise<string> {
    const asked = await askForExport(scope, view, { format: "csv", columns: "view" });
    if (!asked.ok) throw new Error(asked.reason);
    await makeExport(scope, asked.exportId, never);
    return asked.exportId;
  }

  async function hrefOf(exportId: string): Promise<string | undefined> {
    const { text } = await asUser("/exports");
    const href = new RegExp(`href="/[^/]+(/exports/${exportId}/file[^"]*)"`).exec(text)?.[1];
    return href?.replaceAll("&amp;", "&");
  }

  test("are no longer for them: neither an export nor the refused rows of an import", async () => {
    const exportId = await exported(memberScope(false));
    const href = await hrefOf(exportId);
    if (!href) throw new Error("There is a link");
    const refused = `/imports/${house.example.doneId}/refused-rows.csv`;
    expect((await asUser(href)).text).toContain("Quillfeather");
    expect((await asUser(refused)).status).toBe(200);

    await changeSettings(house.ours, { ownContactsOnly: true });
    const ownId = await exported(memberScope(true));
    expect((await asUser(href)).status).toBe(404);
    // Nor may they import any more, so that nothing of an import but its numbers is for them.
    expect((await asUser(refused)).status).toBe(403);
    expect((await asUser(`/imports/${house.example.doneId}/refused-rows.xlsx`)).status).toBe(403);
    expect(await hrefOf(exportId)).toBeUndefined();
    expect((await asUser("/exports")).text).toContain("No longer available");
    const ownHref = await hrefOf(ownId);
    if (!ownHref) throw new Error("Their own list is for them");
    expect((await asUser(ownHref)).text).not.toContain("Quillfeather");

    await changeSettings(house.ours, { ownContactsOnly: false });
    expect((await asUser(href)).status).toBe(200);
  });
});
