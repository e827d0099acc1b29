/** Tables as the guard knows them, and statements over them: for its tests. */
import { type CompiledQuery, type Compilable, DummyDriver, expressionBuilder, Kysely, type RawBuilder } from "kysely";
import { sqliteDialect } from "~/platform/db/dialects.server";
import { guardFor } from "~/platform/db/guard.server";
import { type SchemaFacts } from "~/platform/db/schema-facts.server";

export interface Contact {
  account_id: string;
  id: string;
  name: string;
  company_id: string | null;
}
export interface Note {
  account_id: string;
  id: string;
  contact_id: string;
  body: string;
}
interface Sample {
  accounts: { account_id: string; slug: string };
  contacts: Contact;
  notes: Note;
  users: { id: string; name: string };
  outbox: { id: string; account: string };
  sessions: { id: string; user_id: string };
}

export const ours = "018f0000-0000-7000-8000-00000000000a";
export const theirs = "018f0000-0000-7000-8000-00000000000b";

const facts: SchemaFacts = {
  tables: new Set(["accounts", "contacts", "notes", "users", "outbox", "sessions"]),
  accountTables: new Set(["accounts", "contacts", "notes"]),
  access: new Map([
    ["accounts", "installation"],
    ["users", "accounts-read"],
    ["outbox", "accounts-write"],
  ]),
};

export function handle(accountId: string | null): Kysely<Sample> {
  const guard = guardFor({ accountId, schema: () => facts });
  return new Kysely<Sample>({ dialect: sqliteDialect(() => new DummyDriver()), plugins: [guard] });
}

export const db = handle(ours);
export const installation = handle(null);
export const eb = expressionBuilder<Sample, "contacts">();
export const note = { account_id: ours, id: "n", contact_id: "c", body: "Rang back." };

export type Case = [name: string, build: () => Compilable | RawBuilder<unknown>];

export function compile(build: Case[1]): CompiledQuery {
  const statement = build();
  return "isRawBuilder" in statement ? statement.compile(db) : statement.compile();
}

export const own = () => db.selectFrom("contacts").select("contacts.id").where("contacts.account_id", "=", ours);
