/** One mail of a campaign to whoever tries it out: in no figure, and with links that answer for nobody. */
import { recordEvent } from "~/features/audit/audit.server";
import { type WholeCampaign } from "~/features/campaigns/campaign";
import { linksOfNobody, readLetter, toBytes, writeLetter } from "~/features/campaigns/mailing/campaign-letter.server";
import { findReader, type WhichReader } from "~/features/campaigns/mailing/find-reader.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type MailSettings } from "~/platform/env.server";
import { newId } from "~/platform/ids.server";
import { openLines } from "~/platform/mail/hand-over.server";
import { type Handed } from "~/platform/mail/smtp-lines.server";
import { type Scope } from "~/platform/scope.server";
import { SECOND_MS } from "~/platform/time";

export type TestResult =
  { ok: true } | { ok: false; reason: "nobody" } | { ok: false; reason: "not-sent"; said: string };

/** A page waits for it no longer. */
const PATIENCE_MS = 12 * SECOND_MS;

interface TestMail {
  to: string;
  /** As whose mail it is written. */
  which: WhichReader;
  settings: MailSettings;
  appOrigin: string;
}

/** `which` names somebody on the list. Not within a transaction: it waits for the mail server. */
export async function sendTest(scope: Scope, campaign: WholeCampaign, test: TestMail): Promise<TestResult> {
  const letter = await readLetter(scope, campaign);
  const found = await findReader(scope, campaign.id, { which: test.which, facts: letter.facts });
  if (!found) return { ok: false, reason: "nobody" };
  const links = linksOfNobody(scope, test.appOrigin, campaign.id);
  const written = writeLetter(letter, found.person.values, links);
  const bytes = await toBytes({
    ...{ letter, links, settings: test.settings, appOrigin: test.appOrigin, date: scope.clock.now() },
    mail: { ...written, subject: `[Test] ${written.subject}` },
    // So that no report about it is taken for one about a recipient.
    to: { contactId: newId(), name: "", email: test.to },
  });
  const handed = await handTo(test, bytes);
  if (handed.kind !== "accepted") return { ok: false, reason: "not-sent", said: saidBy(handed) };
  await inTransaction(scope, (scope) =>
    recordEvent(scope, { action: "campaign.test-sent", subject: { campaignId: campaign.id } }),
  );
  return { ok: true };
}

async function handTo({ to, settings }: TestMail, bytes: Buffer): Promise<Handed> {
  const lines = openLines(settings, { lines: 1 });
  const late = AbortSignal.timeout(PATIENCE_MS);
  const ended = new Promise<Handed>((resolve) => {
    const problem = "The mail server did not answer in time";
    late.addEventListener("abort", () => resolve({ kind: "not-known", problem }), { once: true });
  });
  const letter = { from: settings.from.address, to, bytes };
  const handing = lines
    .handOver([letter], (each) => Promise.resolve(each), late)
    .then(({ outcomes }) => outcomes.get(letter));
  try {
    return (await Promise.race([handing, ended])) ?? (await ended);
  } finally {
    lines.close();
  }
}

function saidBy(handed: Exclude<Handed, { kind: "accepted" }>): string {
  return handed.kind === "refused" ? `The mail server refused it: ${handed.said}` : handed.problem;
}
