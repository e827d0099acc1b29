/** What a connector brought, to be taken away. */
import { subjects } from "~/composition.server";
import { continueSync } from "~/features/connectors/runs/continue-sync.server";
import { nothingKnown } from "~/features/contacts/contact";
import { createContact } from "~/features/contacts/edit-contact.server";
import { type Scope } from "~/platform/scope.server";
import { type databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { connected, contactsOf, runOf, synced } from "~/testing/given-syncs";
import { smallSystem } from "~/testing/small-system";

const { signal } = new AbortController();

/** Two people and a company came in; one of the people was known here by hand before. */
export async function ledger(engine: (typeof databases)[number]) {
  const scope = await given.scope(engine, "admin", { clock: testClock() });
  const ngozi = { ...nothingKnown, givenName: "Ngozi", familyName: "Lindqvist" };
  await createContact(scope, { ...ngozi, emails: [{ value: "ngozi@lindqvist.example", label: null }] });
  const system = smallSystem();
  system.put("people", "p1", {
    given: "Ngozi",
    family: "Lindqvist",
    email: "ngozi@lindqvist.example",
    mobile: "020 7946 0101",
  });
  system.put("people", "p2", { given: "Emeka", family: "Okafor", email: "emeka@okafor.example", worksFor: "c1" });
  system.put("companies", "c1", { name: "Okafor & Sons" });
  const connectorId = await connected(scope);
  await synced(scope, connectorId, system);
  return { scope, system, connectorId };
}

export async function carriedOut(scope: Scope, runId: string | null, system: ReturnType<typeof smallSystem>) {
  if (runId === null) throw new Error("There is no run");
  await continueSync(scope, runId, { subjects, doors: system.doors, signal });
  return runOf(scope, runId);
}

export const names = async (scope: Scope) =>
  (await contactsOf(scope)).map(({ name, phone, isArchived }) => [name, phone, isArchived ? "archived" : "here"]);
