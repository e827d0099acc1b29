/** From an agreement at Salesforce to its records: the address of the data comes with the token, and is sent it. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { type SalesforceStandIn, startSalesforce } from "../../../../../sandbox/salesforce/salesforce";
import { connectionFor } from "~/features/connectors/access/connection.server";
import { isOAuth } from "~/features/connectors/access/oauth-provider";
import { Trouble } from "~/features/connectors/connector";
import { salesforce } from "~/features/connectors/providers/salesforce/salesforce";
import { type Scope } from "~/platform/scope.server";
import { readAll } from "~/testing/connect-to";
import { given } from "~/testing/given";
import { openProvider, type ProviderHouse } from "~/testing/given-connectors";

let scope: Scope;
let standIn: SalesforceStandIn;
let house: ProviderHouse;

beforeAll(async () => {
  scope = await given.scope("sqlite", "admin");
  const isValid = async (token: string) => (await house.sandbox.holderOf(token)) !== null;
  standIn = await startSalesforce({ contacts: 30, isValid });
  const opened = await openProvider("salesforce", standIn.url);
  if (!isOAuth(salesforce)) throw new Error("Salesforce is connected by OAuth");
  house = opened.with({ provider: salesforce });
});
afterAll(() => Promise.all([house.close(), standIn.close()]));

const { signal } = new AbortController();
const renewals = () => house.sandbox.tokenRequests.filter(({ grantType }) => grantType === "refresh_token").length;

test("an agreement leads to the firm’s data, tokens are replaced as they run out, and other refusals renew nothing", async () => {
  const connector = await house.connected(scope);
  expect(connector.whose).toBe("Hale & Partners");
  const connection = await connectionFor(scope, { connector, provider: house.provider, env: house.env, signal });
  expect(connection.extras).toEqual({ instance_url: standIn.url });
  const read = () => readAll(salesforce, connection, { fields: ["LastName"] });
  expect((await read()).records).toHaveLength(30);
  expect(renewals()).toBe(0);

  for (const times of [1, 2]) {
    house.sandbox.endAccessTokens();
    expect((await read()).records).toHaveLength(30);
    expect(renewals()).toBe(times);
  }

  standIn.notAttached = "Connected app is not attached to Agent";
  standIn.trouble.on("wrong-token");
  await expect(read()).rejects.toThrow(Trouble);
  expect(renewals()).toBe(2);
  standIn.trouble.off();
  standIn.notAttached = null;

  await expect(connection.fetch("https://elsewhere.example/services/data")).rejects.toThrow(/Nothing was sent there/);
});
