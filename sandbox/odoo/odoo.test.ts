import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OdooStandIn, startOdoo } from "./odoo";

let older: OdooStandIn;
let newer: OdooStandIn;
beforeAll(async () => {
  older = await startOdoo({ version: 17 });
  newer = await startOdoo({ version: 19 });
});
afterAll(() => Promise.all([older.close(), newer.close()]));

async function post(standIn: OdooStandIn, path: string, body: object, key?: string) {
  const headers = {
    "content-type": "application/json",
    ...(key === undefined ? {} : { authorization: `bearer ${key}` }),
  };
  const response = await fetch(standIn.url + path, { method: "POST", headers, body: JSON.stringify(body) });
  const text = await response.text();
  return { status: response.status, body: (/^[[{]|^\d|^false/.test(text) ? JSON.parse(text) : text) as unknown };
}

function rpc(standIn: OdooStandIn, service: string, method: string, ...args: unknown[]) {
  return post(standIn, "/jsonrpc", { jsonrpc: "2.0", method: "call", params: { service, method, args }, id: 1 });
}

const execute = (method: string, kwargs: object, key = older.access.key) =>
  rpc(older, "object", "execute_kw", older.access.database, 7, key, "res.partner", method, [], kwargs);

describe("what stands in for an Odoo", () => {
  test("signs in with a number, and says false to who may not, which is no error", async () => {
    const { database, user, key } = older.access;
    expect(await rpc(older, "common", "authenticate", database, user, key, {})).toMatchObject({ body: { result: 7 } });
    const wrong = await rpc(older, "common", "authenticate", database, user, "0", {});
    expect(wrong).toEqual({ status: 200, body: { jsonrpc: "2.0", id: 1, result: false } });
    expect(await rpc(older, "common", "version")).toMatchObject({
      body: {
        result: { server_version: "17.0", server_version_info: [17, 0, 0, "final", 0, ""], protocol_version: 1 },
      },
    });
  });

  test("tells errors over JSON-RPC with status 200, and with a traceback for programmers", async () => {
    const denied = await execute("search_read", {}, "0");
    expect(denied).toMatchObject({
      status: 200,
      body: { error: { code: 200, message: "Odoo Server Error", data: { name: "odoo.exceptions.AccessDenied" } } },
    });
    expect(JSON.stringify(denied.body)).toContain("Traceback");
    const unknown = await execute("search_read", { fields: ["shoesize"] });
    expect(unknown).toMatchObject({ status: 200, body: { error: { data: { name: "builtins.ValueError" } } } });
  });

  test("has false for what is empty, hides the archived, and compares times to the microsecond", async () => {
    const fields = ["street2", "parent_id", "write_date"];
    const { body } = await execute("search_read", { domain: [["id", "=", 41]], fields });
    const [row] = (body as { result: Record<string, unknown>[] }).result;
    expect(row).toMatchObject({ id: 41, street2: false, parent_id: false });
    expect(row?.write_date).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    const count = async (domain: unknown[], context = {}) =>
      ((await execute("search_count", { domain, context })).body as { result: number }).result;
    expect(await count([["write_date", "=", row?.write_date]])).toBe(0);
    expect(await count(["&", ["write_date", ">=", row?.write_date], ["id", "=", 41]])).toBe(1);
    older.partners.change(1, { active: false });
    const named = [["id", "=", 41]];
    expect([await count(named), await count(named, { active_test: false })]).toEqual([0, 1]);
    expect(await count([...named, ["active", "=", false]])).toBe(1);
  });

  test("speaks JSON-2 from version 19 on, with statuses, and has other fields", async () => {
    expect((await post(older, "/json/2/res.partner/search_count", {}, older.access.key)).status).toBe(404);
    const asked = "/json/2/res.partner/search_count";
    expect(await post(newer, asked, { domain: [] }, newer.access.key)).toEqual({ status: 200, body: 12 + 40 + 6 });
    expect(await post(newer, asked, {}, "0")).toMatchObject({
      status: 401,
      body: {
        name: "werkzeug.exceptions.Unauthorized",
        message: "Invalid apikey",
        debug: expect.any(String) as string,
      },
    });
    expect((await post(newer, "/json/2/res.shoe/search", {}, newer.access.key)).status).toBe(404);
    const wrong = await post(newer, "/json/2/res.partner/search_read", { fields: ["mobile"] }, newer.access.key);
    expect(wrong).toMatchObject({ status: 422, body: { message: expect.stringContaining("mobile") as string } });
    const version = await fetch(`${newer.url}/web/version`);
    expect(await version.json()).toEqual({ version_info: [19, 0, 0, "final", 0, ""], version: "19.0" });
  });
});
