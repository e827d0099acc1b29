import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type SlackChannel, type SlackStandIn, startSlack } from "./slack";

let slack: SlackStandIn;
beforeAll(async () => {
  slack = await startSlack();
});
beforeEach(() => {
  slack.trouble = null;
});
afterAll(() => slack.close());

const post = async (address: string, body: string) => {
  const answer = await fetch(address, { method: "POST", body });
  const type = answer.headers.get("content-type");
  return { status: answer.status, type, text: await answer.text(), retryAfter: answer.headers.get("retry-after") };
};
const hello = JSON.stringify({ text: "Reading from Google failed.\nhttps://ledger.brandt.example/brandt" });

test("a message is taken with the plain word ok, and shown on the page", async () => {
  expect(await post(slack.webhook(), hello)).toMatchObject({
    status: 200,
    type: "text/plain; charset=utf-8",
    text: "ok",
  });
  const page = await (await fetch(slack.url)).text();
  expect(page).toContain("Reading from Google failed.");
  expect(slack.messages[0]).toMatchObject({ channel: "B0OFFICE" });
});

test.each<[SlackChannel, number, string]>([
  ["B0ARCHIVED", 410, "channel_is_archived"],
  ["B0MISSING", 404, "channel_not_found"],
  ["B0PROHIBITED", 403, "action_prohibited"],
  ["B0BROKEN", 500, "rollup_error"],
])("the channel %s answers %i with the word for it, and keeps nothing", async (channel, status, text) => {
  const before = slack.messages.length;
  expect(await post(slack.webhook(channel), hello)).toMatchObject({ status, text });
  expect(slack.messages).toHaveLength(before);
});

test("a busy one says when to come again", async () => {
  expect(await post(slack.webhook("B0BUSY"), hello)).toMatchObject({ status: 429, retryAfter: "30" });
});

test.each([
  ["no JSON", "payload=hello", "invalid_payload"],
  ["a list", "[]", "invalid_payload"],
  ["a text that is none", '{"text": 5}', "invalid_payload"],
  ["no text", '{"blocks": []}', "no_text"],
])("%s is refused with 400", async (_, body, text) => {
  expect(await post(slack.webhook(), body)).toMatchObject({ status: 400, text });
});

test("an address that was never given out leads nowhere", async () => {
  expect(await post(`${slack.url}/services/T0SANDBOX/B0OFFICE/guessed`, hello)).toMatchObject({
    ...{ status: 404, text: "no_service" },
  });
});
