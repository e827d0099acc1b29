import { expect, test } from "vitest";
import { saysCompanies } from "~/features/connectors/providers/singer/list-names";

test.each(["companies", "organisations", "Organizations", "accounts", "main-suppliers", "crm_company", "dbo.Business"])(
  "the list “%s” is one of companies",
  (name) => expect(saysCompanies(name)).toBe(true),
);

test.each(["crmVendors", "Lieferanten", "firm"])("so is “%s”, in other words and spellings", (name) =>
  expect(saysCompanies(name)).toBe(true),
);

test.each(["members", "contacts", "company_contacts", "organization_members", "user_accounts", "confirms", ""])(
  "of the list “%s” nobody knows that",
  (name) => expect(saysCompanies(name)).toBe(false),
);
