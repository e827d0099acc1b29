/** The page that says where each column goes: what it shows, keeps and refuses. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { findDraft } from "~/features/pipeline/draft/draft-run.server";
import { upload } from "~/testing/walk/examples";
import { formFrom } from "~/testing/site";
import { ask, type House, openHouse } from "~/testing/walk/house";

let house: House;
beforeAll(async () => {
  house = await openHouse("sqlite");
});
afterAll(() => house.site.close());

const path = (runId: string, page = "columns") => `/${house.example.slug}/imports/${runId}/${page}`;

function plain(html: string): string {
  return html
    .replace(/<!-- -->/g, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ");
}

async function page(runId: string) {
  const { text } = await ask(house.site, house.people.admin, path(runId));
  return { html: text, text: plain(text) };
}

function post(runId: string, fields: [string, string][], name = "columns") {
  const body = new URLSearchParams(fields).toString();
  return ask(house.site, house.people.admin, path(runId, name), formFrom(house.site.origin, body));
}

const chosen = (columns: string[], more: [string, string][] = []): [string, string][] => [
  ["encoding", "utf-8"],
  ["delimiter", "comma"],
  ["hasHeader", "on"],
  ["phoneCountry", "FR"],
  ...more,
  ...columns.map((column): [string, string] => ["column", column]),
];

test("each column stands with its first values, the field it goes to, and why", async () => {
  const runId = await upload(house.ours, "Name,X1,Shoe size\nAnn Okafor,a@okafor.example,39\n");
  const { html, text } = await page(runId);
  expect(text).toMatch(/Name Ann Okafor .*By its name/);
  expect(text).toMatch(/Looks like emails: 1 of 1 value/);
  expect(text).toContain("3 columns: 2 go somewhere, 1 left out (Shoe size)");
  expect(text).toMatch(/Left out\. Neither its name nor its values say where it belongs/);
  expect(html).not.toContain('value="4:street"');
});

test("200 columns are one page like any other", async () => {
  const heads = Array.from({ length: 200 }, (_, at) => `Column no ${at}`);
  const runId = await upload(house.ours, `Email,${heads.slice(1).join(",")}\n${heads.map(() => "x").join(",")}\n`);
  const { html, text } = await page(runId);
  expect(html.match(/name="column"/g)).toHaveLength(200);
  expect(text).toContain("200 columns: 1 goes somewhere, 199 left out");
});

test("two columns for what there is one of are refused by their names, and everything chosen is kept", async () => {
  const runId = await upload(house.ours, "Born,Geburtstag,Nr\n3/4/1958,5/6/1960,7\n");
  const { status, text: html } = await post(
    runId,
    chosen(["birthday", "birthday", "notes"], [["dateOrder", "month-first"]]),
  );
  expect(status).toBe(422);
  expect(plain(html)).toContain("“Born” and “Geburtstag” both go to “Birthday”, which can take one column.");
  const selected = [...html.matchAll(/<option[^>]* selected=""[^>]*>([^<]*)</g)].map(([, label]) => label);
  expect(selected).toEqual(expect.arrayContaining(["France", "Month, day, year (3/14/1958)", "Birthday", "Notes"]));
  expect(html.match(/aria-invalid="true"/g)).toHaveLength(2);
});

test("what was confirmed is offered for the next file, until somebody has it forgotten", async () => {
  const file = "Wer,Nr\nAnn Okafor,7\n";
  const first = await post(await upload(house.ours, file), chosen(["name", "tags"]));
  expect(first.status).toBe(303);
  const runId = await upload(house.ours, file);
  const offered = await page(runId);
  expect(offered.text).toMatch(/“[^”]+” was imported on|A file with the same columns/);
  expect(offered.text).toMatch(/As in your import of \d+ \w+ \d{4}|As in the import of \d+ \w+ \d{4} by/);
  const forgotten = await post(runId, [], "forgetting");
  expect(forgotten.status).toBe(303);
  expect((await page(runId)).text).not.toContain("A file with the same columns");
});

test("a column goes to a field that is made for it, called as the column is, and is offered from then on", async () => {
  const runId = await upload(house.ours, "Email,Glaze tin\nann@kiln.example,17.50\n");
  expect((await page(runId)).html).toContain('<option value="new:number">Number</option>');
  const saved = await post(runId, chosen(["email", "new:number"]));
  expect([saved.status, saved.headers.location]).toEqual([303, path(runId, "check")]);
  const [, fieldId = ""] = (await findDraft(house.ours, runId))?.settings.mapping ?? [];
  expect(fieldId).toMatch(/^custom:/);
  expect((await page(runId)).html).toContain(`value="${fieldId}"`);
});

test("where one of the new fields cannot be, none is made, and all that was chosen is kept", async () => {
  const runId = await upload(house.ours, "Email,Firing level,City\nann@kiln.example,6,Leeds\n");
  const refused = await post(runId, chosen(["email", "new:text", "new:text"]));
  expect(refused.status).toBe(422);
  expect(plain(refused.text)).toContain(
    "“City” cannot be a field of your own: There is a field called “City” already.",
  );
  expect(refused.text.match(/value="new:text" selected/g)).toHaveLength(2);
  expect(plain(refused.text)).not.toContain("Firing level Text");
  const { settings } = (await findDraft(house.ours, runId)) ?? {};
  expect(settings?.mapping[1]).toBe("");
  const fields = await house.ours.db
    .selectFrom("custom_fields")
    .select("name")
    .where("account_id", "=", house.ours.account.id)
    .execute();
  expect(fields.map(({ name }) => name)).not.toContain("Firing level");
});

test("only who may add fields is offered new ones, or given one", async () => {
  const runId = await upload(house.ours, "Email,Wheel speed\nann@kiln.example,120\n");
  const asUser = await ask(house.site, house.people.user, path(runId));
  expect(asUser.text).not.toContain("new:text");
  const body = new URLSearchParams(chosen(["email", "new:text"])).toString();
  const refused = await ask(house.site, house.people.user, path(runId), formFrom(house.site.origin, body));
  expect(refused.status).toBe(422);
});
