/** Recipients with everything that stands on their letters. */
import { sql, type SqlBool } from "kysely";
import { type Addressee } from "~/features/campaigns/letters/addressee";
import { type LetterRecipient } from "~/features/campaigns/letters/letter";
import { printedCode } from "~/features/campaigns/code";
import { recipientToken } from "~/features/campaigns/recipient-link.server";
import "~/features/campaigns/tables";
import { whoReads } from "~/features/campaigns/recipients/who-reads.server";
import { type Address, type ContactValues, nothingKnown } from "~/features/contacts/contact";
import { fieldOf } from "~/features/contacts/custom/custom-field";
import { parts } from "~/features/contacts/list/kept-contacts.server";
import { readCustomColumn } from "~/features/contacts/custom/custom-rows.server";
import { suppressedAmong } from "~/features/contacts/suppression/suppressed.server";
import { addressLine } from "~/features/contacts/suppression/suppression";
import "~/features/contacts/tables";
import { type Scope } from "~/platform/scope.server";

export interface LettersOf {
  id: string;
  codePrefix: string | null;
  /** `https://ledger.example`, before the paths of links. */
  origin: string;
}

export interface FoundRecipient extends LetterRecipient {
  delivery: string;
  /** The list forbids the address, however it was judged before. */
  isSuppressed: boolean;
}

/**
 * Those of these who are there and may be written to, in the order of the ids. What their contact's own row forbids today
 * keeps them out here, too, and the suppression list itself is asked. Two statements.
 */
export async function readRecipients(
  scope: Scope,
  campaign: LettersOf,
  contactIds: readonly string[],
): Promise<FoundRecipient[]> {
  if (contactIds.length === 0) return [];
  const people = await lookAtRecipients(scope, campaign, { contactIds });
  const lines = new Map(people.map(({ contactId, addressee }) => [contactId, addressLine(addressee.address)]));
  const listed = await suppressedAmong(scope, "address", [...new Set(lines.values())]);
  const found = new Map(
    people.map((one) => [one.contactId, { ...one, isSuppressed: listed.has(lines.get(one.contactId) ?? "") }]),
  );
  return contactIds.flatMap((id) => found.get(id) ?? []);
}

/** Some of a list, those in a run's file, or the first of it (by name, or of whom least is known). */
export type Whom = { contactIds: readonly string[] } | { runId: string } | "first" | "emptiest";

/** To look at them, by name: the suppression list is not asked. One statement. */
export async function lookAtRecipients(
  scope: Scope,
  campaign: LettersOf,
  whom: Whom,
): Promise<Omit<FoundRecipient, "isSuppressed">[]> {
  const rows = (await recipientRows(scope, campaign.id, whom)).filter(isOpen);
  const mates = new Map<string, Addressee["housemates"][number][]>();
  for (const row of rows) {
    const { mate_id: id, mate_typed_name: typedName, mate_given_name: givenName, family_name: familyName } = row;
    const known = mates.get(row.contact_id) ?? [];
    mates.set(row.contact_id, id === null ? known : [...known, { typedName, givenName, familyName }]);
  }
  const firstRows = new Map([...rows].reverse().map((row) => [row.contact_id, row]));
  return [...mates].flatMap(([contactId, housemates]) => {
    const row = firstRows.get(contactId);
    if (!row) return [];
    return [
      {
        contactId,
        addressee: addresseeOf(row, housemates),
        link: `${campaign.origin}/r/${tokenOf(scope, campaign.id, contactId)}`,
        code: row.code && printedCode(row.code, campaign.codePrefix),
        delivery: row.delivery,
      },
    ];
  });
}

function tokenOf({ keys, account }: Scope, campaignId: string, contactId: string): string {
  return recipientToken(keys, { accountId: account.id, campaignId, contactId });
}

/** One row for each housemate who is left out since they get the same letter, one where there is none. */
function recipientRows(scope: Scope, campaignId: string, whom: Whom) {
  return scope.db
    .selectFrom("recipients as recipient")
    .innerJoin("contacts as self", (join) =>
      join.onRef("self.account_id", "=", "recipient.account_id").onRef("self.id", "=", "recipient.contact_id"),
    )
    .leftJoin("contacts as carer", (join) =>
      join.onRef("carer.account_id", "=", "recipient.account_id").onRef("carer.id", "=", "recipient.written_to_id"),
    )
    .innerJoin("contact_points as point", (join) =>
      join
        .onRef("point.account_id", "=", "recipient.account_id")
        .on(sql<SqlBool>`point.contact_id = ${whoReads}`)
        .on("point.channel", "=", sql.lit("address"))
        .on("point.position", "=", sql.lit(0)),
    )
    .leftJoin("recipients as second", (join) =>
      join
        .onRef("second.account_id", "=", "recipient.account_id")
        .onRef("second.campaign_id", "=", "recipient.campaign_id")
        .onRef("second.address_key", "=", "recipient.address_key")
        .on("second.left_out", "=", sql.lit("double-household")),
    )
    .leftJoin("contacts as mate", (join) =>
      join
        .onRef("mate.account_id", "=", "second.account_id")
        .onRef("mate.id", "=", "second.contact_id")
        .onRef("mate.family_name", "=", "self.family_name")
        .on("mate.kind", "=", sql.lit("individual")),
    )
    .select(["mate.id as mate_id", "mate.typed_name as mate_typed_name", "mate.given_name as mate_given_name"])
    .select(["recipient.contact_id", "recipient.code", "recipient.delivery", "recipient.written_to_id"])
    .select(["self.kind", "self.name", "self.typed_name", "self.given_name", "self.family_name", "self.company"])
    .select(["self.job_title", "self.custom_values", "self.archived_at", "self.died_on", "self.no_letter_at"])
    .select(["carer.name as carer_name", "carer.kind as carer_kind", "carer.typed_name as carer_typed_name"])
    .select(["carer.given_name as carer_given_name", "carer.family_name as carer_family_name"])
    .select(["carer.company as carer_company", "carer.job_title as carer_job_title"])
    .select(["carer.custom_values as carer_custom_values", "carer.archived_at as carer_archived_at"])
    .select(["carer.died_on as carer_died_on", "carer.no_letter_at as carer_no_letter_at"])
    .select(["point.label", "point.street", "point.city", "point.region", "point.postal_code", "point.country"])
    .where("recipient.account_id", "=", scope.account.id)
    .where("recipient.campaign_id", "=", campaignId)
    .where("recipient.left_out", "is", null)
    .where((eb) => {
      if (typeof whom === "string") return eb("recipient.contact_id", "=", firstOf(scope, campaignId, whom));
      if ("runId" in whom) return eb("recipient.print_run_id", "=", whom.runId);
      return eb("recipient.contact_id", "in", whom.contactIds);
    })
    .orderBy("recipient.name_key")
    .orderBy("recipient.contact_id")
    .orderBy("mate.name_key")
    .orderBy("mate.id")
    .execute();
}

const unknown = sql<number>`case when someone.given_name is null then 1 else 0 end
  + case when someone.family_name is null then 1 else 0 end + case when someone.company is null then 1 else 0 end
  + case when someone.job_title is null then 1 else 0 end + case when someone.custom_values is null then 1 else 0 end`;

/** Where a record says least, a text shows its gaps. */
function firstOf(scope: Scope, campaignId: string, whom: "first" | "emptiest") {
  return parts
    .selectFrom("recipients as one")
    .innerJoin("contacts as someone", (join) =>
      join.onRef("someone.account_id", "=", "one.account_id").onRef("someone.id", "=", "one.contact_id"),
    )
    .select("one.contact_id")
    .where("one.account_id", "=", scope.account.id)
    .where("one.campaign_id", "=", campaignId)
    .where("one.left_out", "is", null)
    .$if(whom === "emptiest", (query) => query.orderBy(unknown, "desc"))
    .orderBy("one.name_key")
    .orderBy("one.contact_id")
    .limit(1);
}

type Row = Awaited<ReturnType<typeof recipientRows>>[number];

/** Nothing that was said of them since stands against a letter. */
function isOpen(row: Row): boolean {
  if (row.archived_at !== null || row.no_letter_at !== null) return false;
  if (row.written_to_id === null) return row.died_on === null;
  return row.carer_archived_at === null && row.carer_died_on === null && row.carer_no_letter_at === null;
}

function addresseeOf(row: Row, housemates: Addressee["housemates"]): Addressee {
  const address = addressOf(row);
  return {
    name: row.name,
    contact: valuesOf(row, address),
    housemates,
    carer: row.carer_name === null ? null : { name: row.carer_name, contact: valuesOf(carerOf(row), address) },
    address,
  };
}

function addressOf({ label, street, city, region, postal_code: postalCode, country }: Row): Address {
  return { label, street, city, region, postalCode, country };
}

interface Named {
  kind: ContactValues["kind"] | null;
  typed_name: string | null;
  given_name: string | null;
  family_name: string | null;
  company: string | null;
  job_title: string | null;
  custom_values: string | null;
}

function carerOf(row: Row): Named {
  return {
    kind: row.carer_kind,
    typed_name: row.carer_typed_name,
    given_name: row.carer_given_name,
    family_name: row.carer_family_name,
    company: row.carer_company,
    job_title: row.carer_job_title,
    custom_values: row.carer_custom_values,
  };
}

/** As much of a contact as a text can name. */
function valuesOf(row: Named, address: Address): ContactValues {
  const own = Object.entries(readCustomColumn(row.custom_values)).map(([id, value]) => [fieldOf({ id }), value]);
  return {
    ...nothingKnown,
    ...(Object.fromEntries(own) as Partial<ContactValues>),
    kind: row.kind ?? "individual",
    typedName: row.typed_name,
    givenName: row.given_name,
    familyName: row.family_name,
    company: row.company,
    jobTitle: row.job_title,
    addresses: [address],
  };
}
