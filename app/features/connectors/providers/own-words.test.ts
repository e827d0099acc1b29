import { describe, expect, test } from "vitest";
import { peopleApi } from "~/features/connectors/providers/google/people-api";
import { askGraph } from "~/features/connectors/providers/microsoft/graph";
import { salesforce } from "~/features/connectors/providers/salesforce/refusals";
import { troubleOf } from "~/features/connectors/reading/answers";
import { connectTo } from "~/testing/connect-to";

describe("what a provider says, told by its own folder", () => {
  const said = `no\nsuch   field ${"x".repeat(5_000)}`;
  const told = `: “no such field ${"x".repeat(186)}”`;
  const answering = (status: number, body: object) => {
    const bases = { people: "https://people.example", graph: "https://graph.example" };
    const headers = { "content-type": "application/json" };
    const answer = () => Promise.resolve(new Response(JSON.stringify(body), { status, headers }));
    return { ...connectTo({ bases }), fetch: answer };
  };

  test.each([400, 404])("is cut by Microsoft’s (%s)", async (status) => {
    const refusing = answering(status, { error: { code: "ErrorInvalid", message: said } });
    await expect(askGraph(refusing, "/me/contacts")).rejects.toThrow(new RegExp(`asked for${told}$`));
  });

  test("is cut by Google’s", async () => {
    const api = await peopleApi(answering(400, { error: { code: 400, message: said } }));
    await expect(api.me("names")).rejects.toThrow(new RegExp(`asked for${told}$`));
  });

  test("is cut by Salesforce’s", () => {
    const message = `Connected app is not attached to Agent ${"x".repeat(5_000)}`;
    const body = [{ errorCode: "INVALID_SESSION_ID", message }];
    const trouble = troubleOf(salesforce, { status: 401, headers: new Headers(), body });
    expect(trouble.message).toMatch(/Salesforce says: “Connected app is not attached to Agent x{161}”$/);
  });
});
