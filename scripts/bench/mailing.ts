/** How long a campaign's email takes to a local server, beside a bare nodemailer pool sending as many like it. */
import { createTransport } from "nodemailer";
import { type AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { analyse, fillContacts } from "./fill";
import { type Bench, figure, timed } from "./measure";
import { openBenchWorld, openFirm } from "./site";
import { findCampaign } from "~/features/campaigns/campaigns.server";
import { beginSending } from "~/features/campaigns/mailing/begin-sending.server";
import { linksOfNobody, readLetter, writeLetter } from "~/features/campaigns/mailing/campaign-letter.server";
import { judgeList } from "~/features/campaigns/mailing/judge-list.server";
import { writeMailing } from "~/features/campaigns/mailing/mailing-row.server";
import { sendCampaign } from "~/features/campaigns/mailing/send-campaign.server";
import { addFrom, continueAddition } from "~/features/campaigns/recipients/add-recipients.server";
import { createCampaign } from "~/features/campaigns/save-campaign.server";
import { parseMailServer } from "~/platform/mail/mail-server.server";
import { type Scope } from "~/platform/scope.server";

const appOrigin = "https://ledger.brandt.example";
const from = { name: "Brandt Holzbau GmbH", address: "ledger@brandt.example" };
const { signal } = new AbortController();

export const mailSend: Bench = async (options) => {
  const count = options.quick ? 1_000 : 10_000;
  const { installation, close } = await openBenchWorld(options);
  const { server, port, taken } = await startServer();
  try {
    const scope = await openFirm(installation);
    options.say(`Filling ${count.toLocaleString("en-GB")} contacts on ${options.database} …`);
    await fillContacts(scope, count);
    const campaignId = await planned(scope);
    // As Postgres does by itself within a minute of so many new rows.
    if (options.database === "postgres") await analyse(scope);
    // Half before and half after, so that a noisy machine is equally unkind to both.
    const half = { port, count: count / 2 };
    const bareBefore = await barePool(scope, campaignId, half);
    const [before, began] = [taken(), process.memoryUsage.rss()];
    const ours = await timedCampaign(scope, campaignId, port);
    const sent = taken() - before;
    const bare = bareBefore + (await barePool(scope, campaignId, half));
    const rate = (ms: number, of: number) => `${Math.round(of / (ms / 1_000)).toLocaleString("en-GB")} mails/s`;
    options.say(
      `${sent} sent at ${rate(ours.ms, sent)}, bare pool ${rate(bare, count)}, + ${mb(ours.peak - began)} MB`,
    );
    return {
      "mail.send": figure(ours.ms / sent / (bare / count), "× a bare nodemailer pool", 2),
      "mail.send.memory": figure(mb(ours.peak - began), "MB more at the most", 150),
    };
  } finally {
    await new Promise<void>((resolve) => server.close(() => resolve()));
    await close();
  }
};

const mb = (bytes: number) => Math.round(bytes / 1024 / 1024);

async function startServer() {
  let count = 0;
  const server = new SMTPServer({
    ...{ authOptional: true, disabledCommands: ["STARTTLS"], disableReverseLookup: true, logger: false },
    onData(stream, _session, done) {
      stream.resume();
      stream.on("end", () => {
        count += 1;
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, port: (server.server.address() as AddressInfo).port, taken: () => count };
}

async function planned(scope: Scope): Promise<string> {
  const made = await createCampaign(scope, {
    ...{ name: "Spring review", channel: "email", description: null, topic: null, plannedOn: null, ownerId: null },
    ...{ cost: 0n, subject: "Your spring review, {{first name | friend}}", codePrefix: null, pauseMonths: null },
    body: "# Is everything still as it was?\n\nDear {{first name | friend}},\n\nonce a year we ask every client what has changed.",
    ...{ respondedWords: "Please call me", convertedWords: "I book the review" },
  });
  if (!made.ok) throw new Error(made.reason);
  const added = await addFrom(scope, made.id, { from: "list", query: "", name: null });
  if (!added.ok) throw new Error(added.reason);
  if (!added.isDone) await continueAddition(scope, added.additionId, signal);
  return made.id;
}

/** The same mail to as many, written once. */
async function barePool(scope: Scope, campaignId: string, { port, count }: { port: number; count: number }) {
  const campaign = await findCampaign(scope, campaignId);
  if (!campaign) throw new Error("The campaign is gone");
  const letter = await readLetter(scope, campaign);
  const { subject, text, html } = writeLetter(letter, {}, linksOfNobody(scope, appOrigin, campaignId));
  const pool = createTransport({ pool: true, host: "127.0.0.1", port, maxConnections: 5, maxMessages: Infinity });
  let next = 0;
  const lane = async () => {
    while (next < count) {
      const to = `person${(next += 1)}@orchard.example`;
      await pool.sendMail({ from, to, subject, text, html });
    }
  };
  const ms = await timed(() => Promise.all(Array.from({ length: 10 }, lane)));
  pool.close();
  return ms;
}

/** Judging the list is no sending: it goes before. */
async function timedCampaign(scope: Scope, campaignId: string, port: number) {
  const begun = await beginSending(scope, campaignId);
  if (!begun.ok) throw new Error(begun.reason);
  await judgeList(scope, campaignId, signal);
  await writeMailing(scope, campaignId, { mails_a_minute: 10_000_000 });
  const server = parseMailServer(`smtp://127.0.0.1:${port}`);
  if (!server) throw new Error("no mail server");
  const system = { ...scope, user: null, role: "system" as const };
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 50);
  const ms = await timed(async () => {
    for (let state = "sending"; state === "sending";) {
      await sendCampaign(system, campaignId, { env: { appOrigin, mail: { server, from } }, signal });
      state = (await findCampaign(scope, campaignId))?.mailing.state ?? "";
    }
  });
  clearInterval(watch);
  return { ms, peak };
}
