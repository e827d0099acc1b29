import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { MODEL, type ModelStandIn, startModel } from "../../../../sandbox/model/model";
import { type TroubleKind } from "../../../../sandbox/frame/trouble";
import { askModel, type Model } from "~/features/connectors/mapping-help/ask-model.server";
import { type Question } from "~/features/connectors/mapping-help/question";
import { makeGuardedFetch } from "~/platform/guarded-fetch/guarded-fetch.server";

const question: Question = {
  fields: [
    { id: "email", label: "Email", many: true },
    { id: "mobile", label: "Phone, mobile", many: true },
    { id: "notes", label: "Notes", many: true },
  ],
  columns: [
    { streamId: "people", columnId: "courriel", label: "Courriel privé", samples: ["xxxx@xxxx.xxxx"] },
    { streamId: "people", columnId: "natel", label: "Natel", samples: [] },
  ],
};

let standIn: ModelStandIn;
let model: Model;
beforeAll(async () => {
  standIn = await startModel({ isValid: (key) => key === "sk-right" });
  model = {
    ...{ fetch: makeGuardedFetch({ allowedOrigins: new Set([standIn.url]) }), address: `${standIn.url}/v1` },
    ...{ model: MODEL, key: "sk-right", signal: new AbortController().signal, timeoutMs: 2_000 },
  };
});
afterAll(() => standIn.close());
afterEach(() => {
  standIn.trouble.off();
  Object.assign(standIn, { mood: "plain", knowsJsonMode: true });
});

async function problem(changes: Partial<Model> = {}): Promise<string> {
  const answer = await askModel({ ...model, ...changes }, question);
  return answer.ok ? "" : answer.problem.replaceAll(new URL(standIn.url).host, "HOST");
}

describe("a model that is asked where columns go", () => {
  test("proposes a field for each, with how sure it is and why", async () => {
    expect(await askModel(model, question)).toEqual({
      ok: true,
      proposals: [
        {
          streamId: "people",
          columnId: "courriel",
          field: "email",
          confidence: 0.97,
          why: expect.any(String) as string,
        },
        { streamId: "people", columnId: "natel", field: "mobile", confidence: 0.85, why: expect.any(String) as string },
      ],
      left: 0,
    });
    const sent = standIn.asked.at(-1);
    expect(sent?.path).toBe("/v1/chat/completions");
    expect(JSON.parse(sent?.body ?? "")).toMatchObject({ model: MODEL, response_format: { type: "json_object" } });
  });

  test("is asked once more in words alone where it knows no JSON mode", async () => {
    standIn.knowsJsonMode = false;
    expect(await askModel(model, question)).toMatchObject({ ok: true, left: 0 });
  });

  test("is understood though it talks around its answer, and what it makes up is left", async () => {
    standIn.mood = "prose";
    expect(await askModel(model, question)).toMatchObject({ ok: true, left: 0, proposals: [{}, {}] });
    standIn.mood = "made-up";
    expect(await askModel(model, question)).toEqual({ ok: true, proposals: [], left: 4 });
  });

  test("that cannot be asked is told in words that say what to do", async () => {
    expect(await problem({ key: "sk-guess" })).toBe(
      "HOST does not accept the key. Enter the right one in the settings of the model.",
    );
    expect(await problem({ key: null })).toMatch(/^HOST does not accept the key/);
    expect(await problem({ model: "gpt-42" })).toMatch(/^HOST knows no model “gpt-42”, or/);
    expect(await problem({ address: standIn.url })).toMatch(/its address usually ends with \/v1\.$/);
    expect(await problem({ fetch: makeGuardedFetch() })).toMatch(/^HOST could not be reached, or/);
  });

  test.each<[TroubleKind, RegExp]>([
    ["throttled", /^HOST is asked too much at the moment. Try again in a minute\.$/],
    ["failed", /^HOST is out of order at the moment \(500\)\. Try again later\.$/],
    ["forbidden", /^HOST does not let this key ask “sandbox-mapper-1”\./],
    ["html", /^HOST answered with a page instead of data\./],
    ["half", /^HOST sent something that is no answer of a model\./],
    ["cut", /^HOST could not be reached, or/],
    ["flood", /^HOST could not be reached, or/],
    ["hang", /^HOST could not be reached, or did not answer within 1 seconds?\./],
  ])("in trouble (%s) is told so, within its time", async (kind, words) => {
    standIn.trouble.on(kind);
    const began = performance.now();
    expect(await problem({ timeoutMs: kind === "hang" ? 1_000 : 5_000 })).toMatch(words);
    expect(performance.now() - began).toBeLessThan(6_000);
  });

  test("that answers something else is told so", async () => {
    const words = {
      chatty: /^HOST did not answer what it was asked\./,
      "other-shape": /^HOST did not answer what it was asked\./,
      "cut-short": /^HOST broke off in the middle of its answer/,
      refuses: /^HOST would not answer\./,
    } as const;
    for (const [mood, said] of Object.entries(words)) {
      standIn.mood = mood as keyof typeof words;
      expect(await problem()).toMatch(said);
    }
  });

  test("is not waited for by who has gone", async () => {
    standIn.trouble.on("hang");
    const going = new AbortController();
    const asking = askModel({ ...model, signal: going.signal }, question);
    setTimeout(() => going.abort(new Error("The worker ends")), 50);
    await expect(asking).rejects.toThrow("The worker ends");
  });
});
