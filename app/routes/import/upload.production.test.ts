/** The first step of an import, as the server answers it: files that are too large, and people who may not. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MAX_FILE_BYTES } from "~/features/pipeline/files/upload-limit";
import { ask, type House, openHouse, uploadFrom } from "~/testing/walk/house";

let house: House;
beforeAll(async () => {
  house = await openHouse("sqlite");
});
afterAll(() => house.site.close());

const uploadPage = () => `/${house.example.slug}/contacts/import`;

describe("a file of more than 50 MB", () => {
  test.each([
    [10_000_000, false],
    [10_000_000, true],
    [1_000, false],
    [1_000, true],
  ])("(by %i bytes, chunked: %s) is refused in words, on the form it was sent from", async (excess, chunked) => {
    const content = "Ann,Okafor\n".repeat(Math.ceil((MAX_FILE_BYTES + excess) / 11));
    const sent = { ...uploadFrom(house.site, content), chunked };
    const answer = await ask(house.site, house.people.admin, uploadPage(), sent);
    expect(answer.status).toBe(413);
    expect(answer.text).toContain("A file may have 50 MB at the most; this one is larger.");
    expect(answer.text).toContain('type="file"');
    expect(house.site.lines.filter((line) => line.level === "error")).toEqual([]);
    const kept = house.ours.db.selectFrom("files").select("id").where("account_id", "=", house.ours.account.id);
    expect(await kept.where("size_bytes", ">", 1_000_000).execute()).toEqual([]);
  });

  test("of somebody who is not signed in leads to the sign-in", async () => {
    const sent = uploadFrom(house.site, "x".repeat(MAX_FILE_BYTES + 1_000_000));
    const answer = await ask(house.site, house.people.anonymous, uploadPage(), sent);
    expect(answer.status).toBe(302);
    expect(answer.headers.location).toMatch(/^\/sign-in/);
  });
});

test("the upload stands under Imports, as the steps after it", async () => {
  const { text } = await ask(house.site, house.people.admin, uploadPage());
  expect(text).toMatch(/aria-current="page"[^>]*>Imports</);
});

test("a 403 names its cause: the role, or a form from elsewhere", async () => {
  const settings = `/${house.example.slug}/settings`;
  const asViewer = await ask(house.site, house.people.viewer, settings);
  expect(asViewer.status).toBe(403);
  expect(asViewer.text).toContain("Your role here does not allow it.");
  expect(asViewer.text).not.toContain("another site");
  const headers = {
    ...uploadFrom(house.site, "").headers,
    origin: "https://elsewhere.example",
    "sec-fetch-site": "cross-site",
  };
  const fromElsewhere = await ask(house.site, house.people.admin, settings, { method: "POST", headers, body: "a=b" });
  expect(fromElsewhere.status).toBe(403);
  expect(fromElsewhere.text).toContain("The form was sent from another site");
  expect(fromElsewhere.text).not.toContain("role");
});
