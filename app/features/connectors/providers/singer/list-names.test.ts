import { expect, test } from "vitest";
import { saysCompanies } from "~/features/connectors/providers/singer/list-names";

const plain = ["id", "name", "updated_at"];

test.each(["companies", "organisations", "Organizations", "main-suppliers", "crm_company", "dbo.Business"])(
  "the list “%s” is one of companies",
  (name) => expect(saysCompanies(name, plain)).toBe(true),
);

test.each(["crmVendors", "Lieferanten", "firm"])("so is “%s”, in other words and spellings", (name) =>
  expect(saysCompanies(name, plain)).toBe(true),
);

test.each(["members", "contacts", "company_contacts", "organization_members", "user_accounts", "confirms", ""])(
  "of the list “%s” nobody knows that",
  (name) => expect(saysCompanies(name, [...plain, "website"])).toBe(false),
);

test.each([
  ["Salesforce", ["Id", "Name", "BillingStreet", "Industry", "NumberOfEmployees"], true],
  ["a small register", ["id", "name", "phone_number"], true],
  ["a ledger", ["AccountID", "Code", "Name", "Type", "TaxType", "CurrencyCode"], false],
  ["a bank", ["id", "name", "iban", "balance", "currency"], false],
  ["advertisements", ["id", "name", "currencyCode", "timezone"], false],
  ["people who sign in", ["id", "first_name", "last_name", "phone"], false],
])("accounts of %s are companies where their fields say so", (_of, fields, expected) => {
  expect(saysCompanies("accounts", fields)).toBe(expected);
});

test("whoever has a given and a family name is told by that, also among vendors", () => {
  expect(saysCompanies("vendors", ["Id", "DisplayName", "GivenName", "FamilyName", "CompanyName"])).toBe(false);
  expect(saysCompanies("vendors", ["Id", "DisplayName", "contact_first_name"])).toBe(true);
});
