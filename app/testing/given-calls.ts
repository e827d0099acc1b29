/** Rounds of calls for tests: begun, with people on their list, and callers. */
import { addContacts } from "~/features/campaigns/recipients/add-recipients.server";
import { startCampaign } from "~/features/campaigns/start-campaign.server";
import { type ContactValues } from "~/features/contacts/contact";
import { type Scope } from "~/platform/scope.server";
import { given } from "~/testing/given";
import { plan } from "~/testing/given-campaigns";

const names = ["Abiola", "Bridget", "Chukwu", "Dervla", "Emeka", "Fiadh", "Gráinne", "Hassan", "Ijeoma", "Juliet"];

/** A number that nobody else of the round has. */
export const numberOf = (index: number) => `+4420794603${String(index).padStart(2, "0")}`;

/** So many people with a number each, by name; `facts` of single ones by their place. */
export async function roundOfCalls(
  scope: Scope,
  {
    size = 3,
    people = {},
    body,
  }: { size?: number; people?: Record<number, Partial<ContactValues>>; body?: string } = {},
): Promise<{ campaignId: string; ids: string[] }> {
  const campaignId = await plan(scope, "phone", body === undefined ? {} : { body });
  const ids: string[] = [];
  for (let index = 0; index < size; index += 1) {
    const givenName = `${names[index % names.length]}${index < names.length ? "" : ` ${index}`}`;
    const phones = [{ label: null, value: numberOf(index) }];
    ids.push((await given.contact(scope, { givenName, familyName: "Adebayo", phones, ...people[index] })).id);
  }
  await addContacts(scope, campaignId, ids);
  const begun = await startCampaign(scope, campaignId);
  if (!begun.ok) throw new Error(`roundOfCalls: ${begun.reason}`);
  return { campaignId, ids };
}

/** Other members of the account who call. */
export async function callers(scope: Scope, count: number): Promise<Scope[]> {
  const installation = { ...scope, kind: "installation" as const, db: scope.database.forInstallation() };
  return Promise.all(Array.from({ length: count }, () => given.member(installation, scope.account, "user")));
}
