import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { MODEL, type ModelStandIn, startModel } from "./model";

let standIn: ModelStandIn;
beforeAll(async () => {
  standIn = await startModel({ isValid: (key) => key === "sk-right" });
});
afterAll(() => standIn.close());
afterEach(() => {
  standIn.trouble.off();
  Object.assign(standIn, { mood: "plain", knowsJsonMode: true });
});

const fields = [
  { id: "email", label: "Email" },
  { id: "mobile", label: "Phone, mobile" },
  { id: "birthday", label: "Birthday" },
  { id: "notes", label: "Notes" },
];
const columns = [
  { id: "1", name: "Courriel privé", samples: ["xxxx.xxxx@xxxx.xxxx"] },
  { id: "2", name: "Handy-Nr.", samples: [] },
  { id: "3", name: "Q17", samples: ["9999-99-99"] },
  { id: "4", name: "Zymurgy", samples: ["xxxx"] },
];
const question = JSON.stringify({ fields, columns });

async function ask(body: object, key = "sk-right") {
  const answer = await fetch(`${standIn.url}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, unknown> };
}
const request = (more: object = {}) => ({
  model: MODEL,
  messages: [
    { role: "system", content: "Answer with JSON." },
    { role: "user", content: question },
  ],
  response_format: { type: "json_object" },
  ...more,
});
async function said(): Promise<string> {
  const { body } = await ask(request());
  const [choice] = body.choices as { message: { content: string } }[];
  return choice?.message.content ?? "";
}

describe("what stands in for a model", () => {
  test("answers in the shape of a chat completion, sensibly, and the same every time", async () => {
    const { status, body } = await ask(request());
    expect(status).toBe(200);
    expect(body).toMatchObject({
      object: "chat.completion",
      model: MODEL,
      choices: [{ index: 0, message: { role: "assistant", refusal: null }, finish_reason: "stop" }],
    });
    const { columns } = JSON.parse(await said()) as { columns: { id: string; field: string; confidence: number }[] };
    expect(columns.map(({ id, field }) => [id, field])).toEqual([
      ["1", "email"],
      ["2", "mobile"],
      ["3", "birthday"],
      ["4", ""],
    ]);
    expect(columns[0]?.confidence).toBeGreaterThan(columns[2]?.confidence ?? 1);
    expect(await said()).toBe(await said());
  });

  test("lists its models to whoever has a key, and knows no others", async () => {
    const list = await fetch(`${standIn.url}/v1/models`, { headers: { authorization: "Bearer sk-right" } });
    expect(await list.json()).toMatchObject({ object: "list", data: [{ id: MODEL, object: "model" }] });
    const wrongKey = await ask(request(), "sk-guess");
    expect([wrongKey.status, wrongKey.body]).toMatchObject([401, { error: { code: "invalid_api_key" } }]);
    const other = await ask(request({ model: "gpt-42" }));
    expect([other.status, other.body]).toMatchObject([404, { error: { code: "model_not_found" } }]);
  });

  test("holds people to the rules of its JSON mode", async () => {
    const unsaid = await ask(request({ messages: [{ role: "user", content: question.replaceAll(/json/gi, "") }] }));
    expect([unsaid.status, unsaid.body]).toMatchObject([400, { error: { param: "messages" } }]);
    standIn.knowsJsonMode = false;
    expect((await ask(request())).status).toBe(400);
    expect((await ask(request({ response_format: undefined }))).status).toBe(200);
  });

  test("makes the trouble that it is told to", async () => {
    standIn.trouble.on("throttled", { times: 1 });
    const throttled = await ask(request());
    expect([throttled.status, throttled.headers.get("retry-after")]).toEqual([429, "20"]);
    standIn.mood = "prose";
    expect(await said()).toMatch(/^Sure! Here[^]*```json\n\{"columns"/);
    standIn.mood = "made-up";
    expect(await said()).toContain("socialSecurityNumber");
    standIn.mood = "cut-short";
    const text = await said();
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
    standIn.mood = "refuses";
    expect((await ask(request())).body).toMatchObject({ choices: [{ message: { content: null } }] });
  });
});
