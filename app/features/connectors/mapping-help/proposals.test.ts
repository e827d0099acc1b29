import { createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { MODEL, type ModelStandIn, startModel } from "../../../../sandbox/model/model";
import { createConnector } from "~/features/connectors/create-connector.server";
import {
  findModelSettings,
  removeModel,
  saveModelSettings,
  testModel,
} from "~/features/connectors/mapping-help/model-settings.server";
import { readModelAddress } from "~/features/connectors/mapping-help/model-address.server";
import {
  askForProposals,
  continueAsking,
  discardProposals,
  findProposals,
} from "~/features/connectors/mapping-help/proposals.server";
import { modelSuggestions } from "~/features/connectors/mapping-help/model-suggestions";
import { shownAs } from "~/features/connectors/mapping-help/shown.server";
import { type Question, toSend } from "~/features/connectors/mapping-help/question";
import { type AccessWorld } from "~/features/connectors/access/access-world";
import { noProviders } from "~/platform/provider-settings.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";
import { tableRows } from "~/testing/table-rows";

const KEY = "sk-hale-0123456789";
const { signal } = new AbortController();
let standIn: ModelStandIn;
let env: AccessWorld;
beforeAll(async () => {
  standIn = await startModel({ isValid: (key) => key === KEY });
  const sandboxOrigins = new Set([standIn.url]);
  env = { appOrigin: "http://localhost:4800", providers: { ...noProviders, sandboxOrigins } };
});
afterAll(() => standIn.close());
afterEach(() => {
  standIn.trouble.off();
  standIn.mood = "plain";
});

const fields = [
  { id: "email", label: "Email", many: true },
  { id: "mobile", label: "Phone, mobile", many: true },
];
const open = [
  {
    streamId: "people",
    columnId: "x_mail",
    label: "Courriel",
    values: ["t.lindqvist@kiln.example", "ann@okafor.example"],
  },
  { streamId: "people", columnId: "x_natel", label: "Natel", values: ["+41 79 123 45 67"] },
];
const questions = (samples = 1): Question[] => [{ fields, columns: toSend(open, samples) }];

const toAsk = (asked = questions(), samples = 1) => ({
  questions: asked,
  shown: shownAs(asked, { host: new URL(standIn.url).host, name: MODEL, samples }),
});

const saved = (more: object = {}) => ({
  ...{ address: `${standIn.url}/v1`, model: MODEL, key: KEY, samples: 1, isOn: true, version: 0 },
  ...more,
});

async function asked(scope: Scope): Promise<string> {
  const connectorId = await createConnector(scope, { id: "hubspot" }, "HubSpot of the office");
  expect(await askForProposals(scope, connectorId, toAsk())).toEqual({ ok: true });
  return connectorId;
}

async function answered(scope: Scope, connectorId: string) {
  const askId = (await findProposals(scope, connectorId))?.id ?? "";
  await continueAsking(scope, { connectorId, askId }, { env, signal });
  return findProposals(scope, connectorId);
}

describe.each(databases)("help of a model on %s", (engine) => {
  const world = async () => {
    const { scope, close } = await given.ownDatabase(engine);
    await saveModelSettings(scope, saved());
    return { scope, close };
  };

  test("proposes for the columns that were sent, until somebody throws it away", async () => {
    const { scope, close } = await world();
    const connectorId = await asked(scope);
    expect(await findProposals(scope, connectorId)).toMatchObject({ state: "asking", proposals: [] });
    expect(await answered(scope, connectorId)).toMatchObject({
      ...{ state: "answered", host: new URL(standIn.url).host, model: MODEL, left: 0, problem: null },
    });
    expect(modelSuggestions(await findProposals(scope, connectorId), "people", ["x_mail", "x_natel", "other"])).toEqual(
      [
        expect.objectContaining({
          field: "email",
          confidence: 0.85,
          claimed: 0.97,
          why: expect.stringContaining("proposes it: “") as string,
        }),
        expect.objectContaining({
          ...{ field: "mobile", confidence: 0.85 },
          why: expect.stringMatching(/proposes it: “‘.*’ is another word for it\.”$/) as string,
        }),
        null,
      ],
    );
    expect(await discardProposals(scope, connectorId)).toBe(true);
    expect(await findProposals(scope, connectorId)).toBeNull();
    await close();
  });

  test("sends what was shown, and keeps nothing of what the values say, anywhere", async () => {
    const { scope, close } = await world();
    await answered(scope, await asked(scope));
    const { body = "" } = standIn.asked.at(-1) ?? {};
    expect(body).toContain("Courriel");
    const rows = JSON.stringify(await tableRows(scope.database));
    for (const secret of ["lindqvist", "kiln", "okafor.example", "79 123", KEY]) {
      expect(body).not.toContain(secret);
      expect(rows).not.toContain(secret);
    }
    const event = scope.db.selectFrom("audit_events").select("body").where("account_id", "=", scope.account.id);
    const { body: told } = await event.where("action", "=", "mapping.model-asked").executeTakeFirstOrThrow();
    expect(JSON.parse(told)).toMatchObject({ fields: ["Courriel", "Natel"], counts: { columns: 2, samples: 2 } });
    await close();
  });

  test("is asked for one thing at a time, and only where it is on", async () => {
    const { scope, close } = await world();
    const connectorId = await asked(scope);
    expect(await askForProposals(scope, connectorId, toAsk())).toEqual({ ok: false, reason: "asking" });
    await answered(scope, connectorId);
    expect(await askForProposals(scope, connectorId, toAsk([]))).toEqual({ ok: false, reason: "nothing-open" });
    await saveModelSettings(scope, saved({ isOn: false, key: "", version: 1 }));
    expect(await askForProposals(scope, connectorId, toAsk())).toEqual({ ok: false, reason: "off" });
    await close();
  });

  test("that is switched off before its turn sends nothing", async () => {
    const { scope, close } = await world();
    const connectorId = await asked(scope);
    await removeModel(scope);
    const before = standIn.asked.length;
    expect(await answered(scope, connectorId)).toMatchObject({
      state: "failed",
      problem: expect.stringContaining("switched off") as string,
    });
    expect(standIn.asked).toHaveLength(before);
    await close();
  });

  test("is asked nothing but what was shown, with the settings that were shown", async () => {
    const { scope, close } = await world();
    const connectorId = await createConnector(scope, { id: "hubspot" }, "HubSpot of the office");
    const before = standIn.asked.length;
    const { shown } = toAsk();
    const changed = { ok: false, reason: "changed" };
    const others = [{ fields, columns: toSend([{ ...open[0]!, label: "Courriel privé" }, open[1]!], 1) }];
    expect(await askForProposals(scope, connectorId, { questions: others, shown })).toEqual(changed);
    const masked = [{ fields, columns: toSend([{ ...open[0]!, values: ["Ann"] }, open[1]!], 1) }];
    expect(await askForProposals(scope, connectorId, { questions: masked, shown })).toEqual(changed);
    await saveModelSettings(scope, saved({ model: "m-2", version: 1 }));
    expect(await askForProposals(scope, connectorId, toAsk())).toEqual(changed);
    await saveModelSettings(scope, saved({ version: 2 }));
    expect(await askForProposals(scope, connectorId, toAsk())).toEqual({ ok: true });
    for (const [version, more] of [{ samples: 0 }, { model: "m-2" }].entries()) {
      await saveModelSettings(scope, saved({ ...more, version: version * 2 + 3 }));
      expect(await answered(scope, connectorId)).toMatchObject({
        ...{ state: "failed", problem: expect.stringContaining("Nothing was sent") as string },
      });
      await saveModelSettings(scope, saved({ version: version * 2 + 4 }));
      expect(await askForProposals(scope, connectorId, toAsk())).toEqual({ ok: true });
    }
    expect(standIn.asked).toHaveLength(before);
    expect((await answered(scope, connectorId))?.state).toBe("answered");
    await close();
  });

  test("tells trouble in words, and can be asked again", async () => {
    const { scope, close } = await world();
    const connectorId = await asked(scope);
    standIn.trouble.on("throttled", { times: 1 });
    expect((await answered(scope, connectorId))?.problem).toMatch(
      /is asked too much at the moment\. Try again in a minute\.$/,
    );
    expect(await askForProposals(scope, connectorId, toAsk())).toEqual({ ok: true });
    expect((await answered(scope, connectorId))?.state).toBe("answered");
    await close();
  });

  test("answers to an asking that was thrown away or replaced are nothing", async () => {
    const { scope, close } = await world();
    const connectorId = await asked(scope);
    const askId = (await findProposals(scope, connectorId))?.id ?? "";
    await discardProposals(scope, connectorId);
    await askForProposals(scope, connectorId, toAsk());
    await continueAsking(scope, { connectorId, askId }, { env, signal });
    expect((await findProposals(scope, connectorId))?.state).toBe("asking");
    await close();
  });
});

describe.each(databases)("the settings of a model on %s", (engine) => {
  test("keep the key sealed, and send it nowhere but where it was entered for", async () => {
    const { scope, other } = await given.twoAccounts(engine);
    expect(await findModelSettings(scope)).toBeNull();
    expect(await saveModelSettings(scope, saved({ isOn: false }))).toEqual({ ok: true });
    expect(await findModelSettings(scope)).toMatchObject({ hasKey: true, isOn: false, version: 1, test: null });
    expect(await findModelSettings(other)).toBeNull();
    const elsewhere = { ...saved({ address: "https://model.evil.example/v1", version: 1 }), key: "" };
    expect(await saveModelSettings(scope, elsewhere)).toEqual({ ok: false, reason: "key-again" });
    expect(await saveModelSettings(scope, saved({ model: "m-2", key: "", version: 1 }))).toEqual({ ok: true });
    expect(await findModelSettings(scope)).toMatchObject({ hasKey: true, model: "m-2", isOn: true, version: 2 });
  });

  test("of two who change them at once the second is told", async () => {
    const scope = await given.scope(engine);
    const first = await Promise.all([1, 2].map((samples) => saveModelSettings(scope, saved({ samples }))));
    expect(first.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await saveModelSettings(scope, saved())).toEqual({ ok: false, reason: "changed-meanwhile" });
    const two = await Promise.all([1, 2].map((samples) => saveModelSettings(scope, saved({ samples, version: 1 }))));
    expect(two.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test("are tried with a made-up question, and what came of it stays until they change", async () => {
    const scope = await given.scope(engine);
    await saveModelSettings(scope, saved({ isOn: false }));
    expect(await testModel(scope, { env, signal })).toBeNull();
    expect(standIn.asked.at(-1)?.body).toContain("Electronic mail");
    expect((await findModelSettings(scope))?.test).toMatchObject({ problem: null });
    await saveModelSettings(scope, saved({ key: "sk-wrong", version: 1 }));
    expect((await findModelSettings(scope))?.test).toBeNull();
    expect(await testModel(scope, { env, signal })).toMatch(/does not accept the key/);
    expect((await findModelSettings(scope))?.test).toMatchObject({ problem: expect.any(String) as string });
  });

  test("keep nothing of a test of those that were there before", async () => {
    const scope = await given.scope(engine);
    // Others are saved while it thinks.
    const server = createServer((_request, response) => {
      void saveModelSettings(scope, saved({ version: 1 })).then(() => response.writeHead(503).end());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { providers } = env;
    const slow = { ...env, providers: { ...providers, sandboxOrigins: new Set([...providers.sandboxOrigins, url]) } };
    await saveModelSettings(scope, saved({ address: `${url}/v1` }));
    expect(await testModel(scope, { env: slow, signal })).toEqual(expect.any(String));
    expect(await findModelSettings(scope)).toMatchObject({ version: 2, test: null });
    await new Promise((resolve) => server.close(resolve));
  });
});

describe("the address of a model", () => {
  const read = (text: string) => readModelAddress(text, new Set(["http://127.0.0.1:4812"]));

  test("is taken without what was copied along", () => {
    for (const typed of [
      "https://api.openai.com/v1",
      " https://api.openai.com/v1/ ",
      "api.openai.com/v1",
      "https://api.openai.com/v1/chat/completions",
      "https://api.openai.com/v1/models",
    ]) {
      expect(read(typed)).toBe("https://api.openai.com/v1");
    }
    expect(read("http://127.0.0.1:4812/v1")).toBe("http://127.0.0.1:4812/v1");
  });

  test("is none where it leads inside, is not encrypted, or carries something", () => {
    for (const typed of [
      ...["", "a", "http://api.openai.com/v1", "https://127.0.0.1/v1", "https://2130706433/v1", "https://[::1]/v1"],
      ...["http://127.0.0.1:4813/v1", "https://10.0.0.7/v1", "https://model.internal/v1", "https://169.254.169.254/"],
      ...["https://u:p@api.openai.com/v1", "https://api.openai.com/v1?key=1", "ftp://api.openai.com", "javascript:1"],
      ...["https://api.openai.com:22/v1", `https://api.openai.com/${"v".repeat(300)}`],
    ]) {
      expect([typed, read(typed)]).toEqual([typed, null]);
    }
  });
});
