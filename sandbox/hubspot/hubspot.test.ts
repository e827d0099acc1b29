import {
  CollectionResponseSimplePublicObjectWithAssociationsForwardPaging as ListPage,
  CollectionResponseWithTotalSimplePublicObjectForwardPaging as SearchPage,
  SimplePublicObjectWithAssociations,
} from "@hubspot/api-client/lib/codegen/crm/objects/index.js";
import { Property } from "@hubspot/api-client/lib/codegen/crm/properties/index.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { specification } from "~/testing/check-schema";
import { type HubSpotStandIn, startHubSpot } from "./hubspot";

interface Recorded {
  status: number;
  headers: Record<string, string>;
  request: { body: object };
  response: Body;
}
type Body = Record<string, unknown>;

function recordedAs(name: string): Recorded | null {
  const text = specification(`hubspot/examples/${name}_recorded.json`);
  return text === null ? null : (JSON.parse(text) as Recorded);
}

const found = recordedAs("search_contacts_200");
const companies = recordedAs("search_companies_200");
const throttled = recordedAs("search_429");
const definitions = recordedAs("schemas_CONTACT_200");

let standIn: HubSpotStandIn;
beforeAll(async () => {
  standIn = await startHubSpot({ contacts: 120, companies: 20 });
});
afterAll(() => standIn.close());

async function ask(path: string, body?: object) {
  const response = await fetch(`${standIn.url}${path}`, {
    method: body ? "POST" : "GET",
    headers: { authorization: "Bearer any" },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: (text.startsWith("{") ? JSON.parse(text) : {}) as Body,
  };
}

const resultsOf = (body: Body) => body.results as Body[];
const keysOf = (value: unknown) => Object.keys(value as object).sort();

/** Names that a class of HubSpot's own client has. */
const namesOf = (model: { getAttributeTypeMap(): { baseName: string }[] }) =>
  model.getAttributeTypeMap().map(({ baseName }) => baseName);

describe("what stands in for HubSpot", () => {
  test("says nothing that HubSpot’s own client does not know", async () => {
    const list = await ask("/crm/v3/objects/contacts?limit=100&associations=companies&properties=email,phone");
    const search = await ask("/crm/v3/objects/contacts/search", { limit: 200 });
    const properties = await ask("/crm/v3/properties/contacts");
    expect(namesOf(ListPage)).toEqual(expect.arrayContaining(keysOf(list.body)));
    expect(namesOf(SearchPage)).toEqual(expect.arrayContaining(keysOf(search.body)));
    for (const object of [...resultsOf(list.body), ...resultsOf(search.body)]) {
      expect(namesOf(SimplePublicObjectWithAssociations)).toEqual(expect.arrayContaining(keysOf(object)));
    }
    for (const { dataSensitivity, ...property } of resultsOf(properties.body)) {
      expect([dataSensitivity, namesOf(Property)]).toEqual(["non_sensitive", expect.arrayContaining(keysOf(property))]);
    }
  });

  test.skipIf(!found || !companies)(
    "answers a search with what was recorded, and properties that say nothing as null",
    async () => {
      const own = await ask("/crm/v3/objects/contacts/search", { properties: ["email", "hs_language"], limit: 100 });
      expect(keysOf(own.body).filter((key) => key !== "paging")).toEqual(keysOf(found?.response));
      expect(keysOf(resultsOf(own.body)[0])).toEqual(keysOf(resultsOf(found?.response ?? {})[0]));
      expect(keysOf(resultsOf(own.body)[0]?.properties)).toEqual(
        ["createdate", "email", "hs_language", "hs_object_id", "lastmodifieddate"].sort(),
      );
      expect(resultsOf(own.body)[0]).toMatchObject({ properties: { hs_language: null } });
      const company = await ask("/crm/v3/objects/COMPANY/search", { properties: ["domain"], limit: 100 });
      expect(keysOf(resultsOf(company.body)[0]?.properties)).toEqual(
        keysOf(resultsOf(companies?.response ?? {})[0]?.properties),
      );
    },
  );

  test.skipIf(!throttled)("refuses who searches too fast with what was recorded: no header says how long", async () => {
    standIn.trouble.on("throttled", { times: 1 });
    const own = await ask("/crm/v3/objects/contacts/search", {});
    const { correlationId, ...body } = own.body;
    const { correlationId: recorded, ...response } = throttled?.response ?? {};
    expect([own.status, body, typeof correlationId]).toEqual([throttled?.status, response, typeof recorded]);
    const names = [...own.headers.keys()];
    expect(names.filter((name) => /retry-after|ratelimit-(?:max|remaining)$/.test(name))).toEqual([]);
  });

  test.skipIf(!definitions)("describes properties as it was recorded", async () => {
    const own = resultsOf((await ask("/crm/v3/properties/contacts")).body);
    const recorded = definitions?.response.properties as Body[];
    const called = (list: Body[], name: string) => list.find((each) => each.name === name) ?? {};
    const { dataSensitivity: _new, archived: _too, ...known } = called(own, "email");
    expect(keysOf(known)).toEqual(keysOf(called(recorded, "email")));
    const facts = ({ type, fieldType, hidden, label }: Body) => ({ type, fieldType, hidden, label });
    for (const name of ["firstname", "hs_merged_object_ids", "hs_additional_emails", "hs_language"]) {
      expect([name, facts(called(own, name))]).toEqual([name, facts(called(recorded, name))]);
    }
  });

  test("shows people at the company that is typed as theirs, as far as there are so many", async () => {
    const { body } = await ask("/crm/v3/objects/contacts?limit=100&associations=companies&properties=company,email");
    const known = await ask("/crm/v3/objects/companies?limit=100&properties=name");
    const names = new Map(resultsOf(known.body).map(({ id, properties }) => [id, (properties as Body).name]));
    const employers = resultsOf(body)
      .slice(0, 20)
      .flatMap(({ associations, properties }) => {
        const [first] = associations ? resultsOf((associations as { companies: Body }).companies) : [];
        return first ? [[(properties as Body).company, names.get(first.id)]] : [];
      });
    expect(employers.length).toBe(14);
    for (const [typed, known] of employers) expect(typed).toBe(known);
  });

  test("gives ten a page and at most a hundred, the last page without paging, and ignores properties that there are not", async () => {
    const first = await ask("/crm/v3/objects/contacts?properties=shoesize");
    expect([resultsOf(first.body).length, keysOf(first.body)]).toEqual([10, ["paging", "results"]]);
    expect(keysOf(resultsOf(first.body)[0]?.properties)).toEqual(["createdate", "hs_object_id", "lastmodifieddate"]);
    expect((await ask("/crm/v3/objects/contacts?limit=101")).status).toBe(400);
    const last = await ask(`/crm/v3/objects/contacts?limit=100&after=${standIn.contactId(100)}`);
    expect([resultsOf(last.body).length, keysOf(last.body)]).toEqual([20, ["results"]]);
    expect((await ask(`/crm/v3/objects/contacts?properties=${"x".repeat(8_100)}`)).status).toBe(414);
  });

  test("searches no further than ten thousand, and counts what it does not find yet", async () => {
    expect((await ask("/crm/v3/objects/contacts/search", { limit: 200, after: "9900" })).status).toBe(400);
    standIn.index.lagMs = 60_000;
    standIn.contacts.change(1, { family: "Weiß" });
    const filters = [{ propertyName: "lastmodifieddate", operator: "GTE", value: String(Date.UTC(2026, 0, 1)) }];
    const { body } = await ask("/crm/v3/objects/contacts/search", { filterGroups: [{ filters }] });
    standIn.index.lagMs = 0;
    expect(body).toEqual({ total: 1, results: [] });
  });

  test("lists who was deleted, and nowhere who was merged", async () => {
    standIn.contacts.remove(30);
    standIn.contacts.merge({ keep: 31, absorb: 32 });
    const archived = await ask("/crm/v3/objects/contacts?archived=true&limit=100");
    expect(resultsOf(archived.body)).toMatchObject([{ id: standIn.contactId(30), archived: true }]);
    const list = await ask("/crm/v3/objects/contacts?limit=100&properties=hs_merged_object_ids");
    expect(resultsOf(list.body).find(({ id }) => id === standIn.contactId(31))).toMatchObject({
      properties: { hs_merged_object_ids: standIn.contactId(32) },
    });
    expect(resultsOf(list.body).map(({ id }) => id)).not.toContain(standIn.contactId(32));
  });
});
