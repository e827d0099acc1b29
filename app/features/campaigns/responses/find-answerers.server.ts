/** Whom pasted codes and emails mean, of a campaign's list and beside it. */
import { type AnswerLine, type BadLine } from "~/features/campaigns/responses/answer-lines";
import "~/features/campaigns/tables";
import { contactsByEmail } from "~/features/campaigns/recipients/find-by-email.server";
import { valueChunks } from "~/platform/db/chunks.server";
import { fold } from "~/platform/fold.server";
import { type Scope } from "~/platform/scope.server";

export interface Answerers {
  /** On the list, each once. */
  recipients: string[];
  /** Contacts of the firm who are not on the list, with their lines. */
  others: { contactId: string; text: string }[];
  bad: BadLine[];
}

export async function findAnswerers(
  scope: Scope,
  campaignId: string,
  lines: readonly AnswerLine[],
): Promise<Answerers> {
  const byCode = await recipientsByCode(
    scope,
    lines.flatMap((line) => ("code" in line ? [line.code] : [])),
  );
  const byEmail = await contactsByEmail(
    scope,
    lines.flatMap((line) => ("email" in line ? [fold(line.email)] : [])),
  );
  const listed = await listedOf(scope, campaignId, [...byEmail.values()].flat());
  const found: Answerers = { recipients: [], others: [], bad: [] };
  for (const line of lines) {
    const meant =
      "code" in line ? whoseCode(byCode.get(line.code), campaignId) : whoseEmail(byEmail.get(fold(line.email)), listed);
    if ("recipient" in meant) found.recipients.push(meant.recipient);
    else if ("other" in meant) found.others.push({ contactId: meant.other, text: line.text });
    else found.bad.push({ text: line.text, why: meant.why });
  }
  return { ...found, recipients: [...new Set(found.recipients)] };
}

type Meant = { recipient: string } | { other: string } | { why: string };

interface CodeOwner {
  campaignId: string;
  campaignName: string;
  contactId: string;
}

function whoseCode(owner: CodeOwner | undefined, campaignId: string): Meant {
  if (!owner) return { why: "No letter carries this code." };
  if (owner.campaignId === campaignId) return { recipient: owner.contactId };
  return { why: `This code belongs to the campaign “${owner.campaignName}”.` };
}

function whoseEmail(contactIds: readonly string[] = [], listed: ReadonlySet<string>): Meant {
  const recipients = contactIds.filter((id) => listed.has(id));
  const [only] = recipients.length > 0 ? recipients : contactIds;
  if (only === undefined) return { why: "No contact has this email." };
  if (recipients.length > 1)
    return { why: "Several recipients have this email: record it on the page of one of them." };
  if (recipients.length === 1) return { recipient: only };
  if (contactIds.length > 1) return { why: "Several contacts have this email, and none of them is on the list." };
  return { other: only };
}

async function recipientsByCode(scope: Scope, codes: readonly string[]): Promise<Map<string, CodeOwner>> {
  const found = new Map<string, CodeOwner>();
  for (const some of valueChunks(codes)) {
    const rows = await scope.db
      .selectFrom("recipients")
      .innerJoin("campaigns", (join) =>
        join
          .onRef("campaigns.account_id", "=", "recipients.account_id")
          .onRef("campaigns.id", "=", "recipients.campaign_id"),
      )
      .select(["recipients.code", "recipients.campaign_id as campaignId", "recipients.contact_id as contactId"])
      .select("campaigns.name as campaignName")
      .where("recipients.account_id", "=", scope.account.id)
      .where("recipients.code", "in", some)
      .execute();
    for (const { code, ...owner } of rows) found.set(code ?? "", owner);
  }
  return found;
}

async function listedOf(scope: Scope, campaignId: string, contactIds: readonly string[]): Promise<Set<string>> {
  const listed = new Set<string>();
  for (const ids of valueChunks([...new Set(contactIds)])) {
    const rows = await scope.db
      .selectFrom("recipients")
      .select("contact_id")
      .where("account_id", "=", scope.account.id)
      .where("campaign_id", "=", campaignId)
      .where("contact_id", "in", ids)
      .execute();
    for (const { contact_id: id } of rows) listed.add(id);
  }
  return listed;
}
