/** The pages of an import after its upload: what they say, and where their first button leads. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { subjects } from "~/composition.server";
import { continueRun } from "~/features/pipeline/run/continue-run.server";
import { cancelRun, startRun } from "~/features/pipeline/run/start-run.server";
import { archiveContact } from "~/features/contacts/deletion/archive-contacts.server";
import { systemScope } from "~/features/accounts/account-scope.server";
import { continueTrial } from "~/features/pipeline/trial/continue-trial.server";
import { formFrom } from "~/testing/site";
import { upload } from "~/testing/walk/examples";
import { ask, type House, openHouse } from "~/testing/walk/house";

let house: House;
beforeAll(async () => {
  house = await openHouse("sqlite");
});
afterAll(() => house.site.close());

const heading = "Given name,Family name,Email,Phone\n";

/** The page without its tags. */
async function page(path: string) {
  const { text: html, headers } = await ask(house.site, house.people.admin, `/${house.example.slug}${path}`);
  const text = html
    .replace(/<!-- -->/g, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ");
  return { html, text, headers };
}

const post = (path: string, form: string) =>
  ask(house.site, house.people.admin, `/${house.example.slug}${path}`, formFrom(house.site.origin, form));

const signal = new AbortController().signal;

async function imported(content: string): Promise<string> {
  const runId = await upload(house.ours, content);
  await startRun(house.ours, runId);
  await continueRun(await systemScope(house.installation, house.ours.account.id), subjects, runId, {
    signal: new AbortController().signal,
  });
  return runId;
}

/** A file whose columns were confirmed: its check begins. */
async function checked(content: string): Promise<string> {
  const draft = await upload(house.ours, content);
  const { status, headers } = await post(`/imports/${draft}/trial`, "");
  expect([status, headers.location]).toEqual([303, `/${house.example.slug}/imports/${draft}/check`]);
  return draft;
}

/** What stands on the main button of a page. */
const primary = (html: string) => /class="btn primary"[^>]*>([^<]+)</.exec(html)?.[1];

describe("the columns", () => {
  test("begin with how the file is read, since a wrong country turns every phone number into another one", async () => {
    const { text } = await page(`/imports/${house.example.draftId}/columns`);
    expect(text.indexOf("Phone numbers are from")).toBeGreaterThan(0);
    expect(text.indexOf("Phone numbers are from")).toBeLessThan(text.indexOf("Column in the file"));
    expect(text).toContain("Separator between cells");
  });
});

describe("the check", () => {
  test("of a file that was not looked at in full offers that, and nothing else", async () => {
    const draft = await upload(house.ours, `${heading}Jan,Brandt,jan@brandt.example,\n`);
    const { html, text } = await page(`/imports/${draft}/check`);
    expect(primary(html)).toBe("Check all rows");
    expect(text).not.toContain("Import all rows");
    expect((await page(`/imports/${draft}/check`)).html).toBe(html);
    await post(`/imports/${draft}/trial`, "");
    expect(primary((await page(`/imports/${draft}/check`)).html)).toBe("Import all rows");
  });

  test("says where phone numbers are read as from, and what will become of each row", async () => {
    const draft = await checked(`${heading}Jan,Brandt,,030 23125 801\n`);
    const { html, text } = await page(`/imports/${draft}/check`);
    expect(text).toMatch(/Phone numbers without a country are read as from the United Kingdom/);
    expect(html).toContain(`href="/${house.example.slug}/imports/${draft}/columns"`);
    expect(text).toMatch(/What will happen .* New /);
    expect(primary(html)).toBe("Import all rows");
  });

  test("of nothing but refused rows leads back to the columns", async () => {
    const draft = await checked(`${heading}Jan,Brandt,nowhere,\nAnn,Okafor,at home,\n`);
    const { html, text } = await page(`/imports/${draft}/check`);
    expect(text).toContain("All 2 rows would be refused");
    expect(primary(html)).toBe("Back to the columns");
    expect(text).not.toContain("Import all rows");
  });

  test("of a long file shows how far the look at all rows is, renews itself, and lets nobody start yet", async () => {
    const rows = Array.from({ length: 320 }, (_, n) => `Ann,Okafor ${n},long.${n}@okafor.example,\n`).join("");
    const draft = await checked(heading + rows);
    const { text, headers } = await page(`/imports/${draft}/check`);
    expect(headers.refresh).toBe("2");
    expect(text).toContain("Checking all rows");
    expect(text).not.toContain("Import all rows");
    expect((await page(`/imports/${draft}/check?refresh=off`)).headers).not.toHaveProperty("refresh");
    const started = await post(`/imports/${draft}/start`, "");
    expect([started.status, started.headers.location]).toEqual([303, `/${house.example.slug}/imports/${draft}/check`]);
    await continueTrial(await systemScope(house.installation, house.ours.account.id), subjects, draft, { signal });
    expect((await page(`/imports/${draft}/check`)).text).toMatch(/rows in the file 320 .*Import all rows/);
  });

  test("of a file that changes much starts only with its numbers confirmed", async () => {
    const rows = (last: string) =>
      Array.from({ length: 24 }, (_, n) => `Ann,Okafor,much.${n}@okafor.example,${last}\n`).join("");
    await imported(heading + rows(""));
    const draft = await checked(heading + rows("020 7946 0182"));
    const { text } = await page(`/imports/${draft}/check`);
    expect(text).toContain("Yes, change 24 of 24 contacts");
    expect(text).toContain("Changes, the first 20 of 24");
    const refused = await post(`/imports/${draft}/check`, "");
    expect(refused.status).toBe(422);
    expect(refused.text).toContain("Tick the box to confirm the numbers");
    const started = await post(`/imports/${draft}/check`, "confirmed=24-24-0");
    expect([started.status, started.headers.location]).toEqual([303, `/${house.example.slug}/imports/${draft}`]);
  });

  test("of a file that was imported before says whose values will win", async () => {
    const content = `${heading}Rosalind,Hale,rosalind@hale.example,\n`;
    await imported(content);
    const { text } = await page(`/imports/${await checked(content)}/check`);
    expect(text).toContain("what this older file says wins again: the last import counts as the newest");
    expect(text).toContain("The same as Rosalind Hale");
  });
});

describe("the end of an import", () => {
  test("that failed: the reason, that nothing was stored, and the way to another try", async () => {
    const { html, text } = await page(
      `/imports/${await imported(`${heading}${"a,b,c,\n".repeat(1_200)}"Jan,Brandt\n`)}`,
    );
    expect(text).toMatch(/is never closed\..* Nothing was stored\./);
    expect(text).not.toContain("Fetched");
    expect(primary(html)).toBe("Import again");
    expect(text).not.toContain("See the contacts");
  });

  test("that was cancelled before it began: nothing was stored", async () => {
    const runId = await upload(house.ours, `${heading}Jan,Brandt,,\n`);
    await startRun(house.ours, runId);
    await cancelRun(house.ours, runId);
    expect((await page(`/imports/${runId}`)).text).toContain("Cancelled. Nothing was stored.");
  });

  test("with rows of an archived contact: says so, and leads to it", async () => {
    const content = `${heading}Siobhán,Carver,siobhan@carver.example,\n`;
    await imported(content);
    const found = house.ours.db.selectFrom("contacts").select("id").where("account_id", "=", house.ours.account.id);
    const { id } = await found.where("family_name", "=", "Carver").executeTakeFirstOrThrow();
    await archiveContact(house.ours, id);
    const { html, text } = await page(`/imports/${await imported(content)}`);
    expect(text).toContain("1 row is an archived contact; it stays archived. See the contact");
    expect(html).toContain(`href="/${house.example.slug}/contacts/${id}"`);
  });

  test("with refused rows: says what to do with the file above them", async () => {
    const { text } = await page(`/imports/${house.example.doneId}`);
    expect(text).toContain(
      "Nothing of this row was stored. Download as a workbook or CSV, correct what is wrong there",
    );
  });
});

describe("while it is stopping", () => {
  test("nothing is said of the time it still takes", async () => {
    const runId = house.example.queuedId;
    const { db, account } = house.ours;
    const running = {
      state: "running" as const,
      started_at: house.ours.clock.now(),
      read_count: 300,
      total_count: 9_000,
    };
    await db.updateTable("runs").set(running).where("account_id", "=", account.id).where("id", "=", runId).execute();
    house.clock.advance(10_000);
    expect((await page(`/imports/${runId}`)).text).toMatch(/about .* left/);
    await cancelRun(house.ours, runId);
    const { text } = await page(`/imports/${runId}`);
    expect(text).toContain("Stopping");
    expect(text).not.toMatch(/about .* left|a second/);
  });
});

test("home says when a file was uploaded that nobody started, and by whom", async () => {
  await upload(house.ours, `${heading}Jan,Brandt,,\n`);
  const { text } = await page("");
  expect(text).toMatch(new RegExp(`${house.people.admin.user?.name} Not started Uploaded \\d`));
});

test("work shows what is running first, then what was finished last, and no empty box beside them", async () => {
  const { text, html } = await page("/work");
  expect(text).toContain("Finished last");
  expect(text.indexOf("Stopping")).toBeLessThan(text.indexOf("Finished last"));
  expect(html).not.toContain('class="empty"');
});
