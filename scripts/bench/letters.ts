/** How much longer letters take, from the list to the stored file, than drawing the same with nothing but the library. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import PDFDocument from "pdfkit";
import qrcode from "qrcode";
import { fillContacts } from "./fill";
import { type Bench, figure, interleaved } from "./measure";
import { openBenchWorld, openFirm } from "./site";
import { findCampaign } from "~/features/campaigns/campaigns.server";
import {
  answerWords,
  composeLetter,
  type Letter,
  type LetterFrame,
  senderLine,
} from "~/features/campaigns/letters/letter";
import { letterLayouts } from "~/features/campaigns/letters/letter-layout";
import { makePrint } from "~/features/campaigns/letters/make-print.server";
import { letterMaker } from "~/features/campaigns/letters/print-file.server";
import { askForPrint, findPrint } from "~/features/campaigns/letters/print-runs.server";
import { readRecipients } from "~/features/campaigns/letters/read-recipients.server";
import { addContacts } from "~/features/campaigns/recipients/add-recipients.server";
import { valueChunks } from "~/platform/db/chunks.server";
import { millimetres } from "~/platform/pdf/pdf.server";
import { type Scope } from "~/platform/scope.server";
import { plan } from "~/testing/given-campaigns";

const origin = "https://ledger.hale-partners.example";
const never = new AbortController().signal;

const body = `once a year we ask every client what has changed. Is everything at {{company | your firm}} still as it was, {{first name | friend}}?

Please read this through, as it takes no more than five minutes, and tell us whatever is no longer right. If your address has changed, or who we should speak to, the page behind the code is the quickest way to say so.

- Has your address changed?
- Is {{city | your town}} still where the work is done?
- Is there anything else that we should know?

With kind regards

{{firm name}}`;

export const letters: Bench = async (options) => {
  const count = options.quick ? 200 : 1_000;
  const { installation, close } = await openBenchWorld(options);
  try {
    const scope = await openFirm(installation);
    const campaignId = await plan(scope, "letter", { body, codePrefix: "SPR26" });
    // Some have no address, and some share one.
    const ids = await fillContacts(scope, Math.round(count * 1.5));
    await addContacts(scope, campaignId, await someReachable(scope, ids, count));
    const printed = await print(scope, campaignId);
    const { letters, frame } = await composed(scope, campaignId, ids);
    options.say(`${printed} letters on ${options.database}, ${letters.length} drawn bare`);
    const fonts = await fontFiles();
    const rounds = options.quick ? 2 : 5;
    const came = await interleaved(
      rounds,
      () => print(scope, campaignId),
      () => drawBare(letters, frame, fonts),
    );
    const each = (ms: number) => `${(ms / letters.length).toFixed(1)} ms a letter`;
    options.say(`ours ${each(came.oursMs)}, bare pdfkit and qrcode ${each(came.yardstickMs)}`);
    return { "letters.pdf": figure(came.ratio, "× bare pdfkit and qrcode drawing the same", 2) };
  } finally {
    await close();
  }
};

/** The first so many who have an address of their own. */
async function someReachable(scope: Scope, ids: readonly string[], count: number): Promise<string[]> {
  const found = new Map<string, string>();
  for (const some of valueChunks(ids)) {
    const rows = await scope.db
      .selectFrom("contact_points")
      .innerJoin("contacts", (join) =>
        join
          .onRef("contacts.account_id", "=", "contact_points.account_id")
          .onRef("contacts.id", "=", "contact_points.contact_id"),
      )
      .select(["contact_points.contact_id", "contact_points.value_key"])
      .where("contact_points.account_id", "=", scope.account.id)
      .where("contact_points.contact_id", "in", some)
      .where("contact_points.channel", "=", "address")
      .where("contact_points.position", "=", 0)
      .where("contacts.no_letter_at", "is", null)
      .where("contacts.died_on", "is", null)
      .execute();
    for (const { contact_id: id, value_key: key } of rows) if (!found.has(key)) found.set(key, id);
  }
  return [...found.values()].slice(0, count);
}

/** From the asking to the stored file; how many letters. */
async function print(scope: Scope, campaignId: string): Promise<number> {
  const asked = await askForPrint(scope, campaignId, { kind: "letters", who: "all", options: { layout: "din" } });
  if (!asked.ok) throw new Error(asked.reason);
  await makePrint(scope, asked.runId, { origin, signal: never });
  const run = await findPrint(scope, campaignId, asked.runId);
  if (run?.state !== "ready") throw new Error(`The letters are ${run?.state}`);
  return run.letters;
}

async function composed(scope: Scope, campaignId: string, ids: readonly string[]) {
  const campaign = await findCampaign(scope, campaignId);
  if (!campaign) throw new Error("The campaign is gone");
  const { template, frame } = await letterMaker(scope, campaign, { origin, madeAt: scope.clock.now() });
  const found = await readRecipients(scope, { id: campaignId, codePrefix: campaign.codePrefix, origin }, ids);
  return { frame, letters: found.map((recipient) => composeLetter(template, frame, recipient)) };
}

async function fontFiles() {
  const require = createRequire(import.meta.url);
  const file = (name: string) => readFile(require.resolve(`@expo-google-fonts/noto-sans/${name}.ttf`));
  return {
    regular: await file("400Regular/NotoSans_400Regular"),
    bold: await file("700Bold/NotoSans_700Bold"),
  };
}

type Fonts = Awaited<ReturnType<typeof fontFiles>>;

async function drawBare(letters: readonly Letter[], frame: LetterFrame, fonts: Fonts): Promise<Buffer> {
  const margins = { top: 71, right: 57, bottom: 62, left: 71 };
  const doc = new PDFDocument({ autoFirstPage: false, size: "A4", margins });
  doc.registerFont("regular", fonts.regular).registerFont("bold", fonts.bold);
  const parts: Buffer[] = [];
  doc.on("data", (part: Buffer) => parts.push(part));
  for (const letter of letters) drawLetter(doc, letter, frame);
  doc.end();
  await new Promise((done) => doc.once("end", done));
  return Buffer.concat(parts);
}

function drawLetter(doc: PDFKit.PDFDocument, letter: Letter, frame: LetterFrame): void {
  const { address, head, sender, bodyTop } = letterLayouts.din;
  doc.addPage();
  doc.font("bold", 9).text(frame.firmName, millimetres(head.left), millimetres(head.top));
  doc.font("regular", 9).text(frame.date);
  doc.font("regular", 7).text(senderLine(frame, letter.code), millimetres(address.left), millimetres(sender.top));
  doc.font("regular", 11);
  letter.address.forEach((line, index) => {
    doc.text(line, millimetres(address.left), millimetres(address.top) + index * 13.4, { lineBreak: false });
  });
  doc.font("regular", 10.5);
  doc.text(letter.salutation ?? "", 71, millimetres(bodyTop), { width: 467 }).moveDown(0.5);
  for (const { spans, marker } of letter.blocks) {
    doc.text((marker ? `${marker} ` : "") + spans.map(({ text }) => text).join(""), { width: 467 }).moveDown(0.5);
  }
  const { modules } = qrcode.create(letter.link, { errorCorrectionLevel: "M" });
  const square = millimetres(28) / modules.size;
  const top = doc.y + 20;
  const { size, data } = modules;
  for (let at = 0; at < data.length; at += 1) {
    // Dark squares side by side are one box, as a thrifty caller would have it.
    const start = at;
    while (data[at] && Math.floor(at / size) === Math.floor(start / size)) at += 1;
    const row = Math.floor(start / size);
    if (at > start) doc.rect(71 + (start % size) * square, top + row * square, (at - start) * square, square);
    if (at > start && at % size === 0) at -= 1;
  }
  doc.fill("black");
  doc.text(answerWords(frame, letter.code).join("\n"), 180, top + 30, { width: 350 });
}
