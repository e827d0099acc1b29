import { type ContactSheet, type SheetFact } from "~/features/contacts/print/contact-sheet";
import { type Pdf, writePdf } from "~/platform/pdf/pdf.server";
import { type TextStyle } from "~/platform/pdf/shaped.server";

/** A contact's sheet as a PDF. The words of the sheet are English, whatever the names in it are. */
export function contactSheetPdf(
  sheet: ContactSheet,
  { firm, madeAt }: { firm: string; madeAt: string },
): AsyncGenerator<Uint8Array, void> {
  const options = { title: `${sheet.name} · ${firm}`, language: "en-GB", author: firm, madeAt, footer: sheet.printed };
  return writePdf(options, async function* (pdf) {
    pdf.newPage();
    await drawHead(pdf, sheet, firm);
    for (const warning of sheet.warnings) await drawWarning(pdf, warning);
    for (const { title, facts } of sheet.sections) {
      await drawTitle(pdf, title, 40);
      for (const fact of facts) await drawFact(pdf, fact);
      yield;
    }
    if (sheet.notes) {
      await drawTitle(pdf, "Notes", 40);
      await drawText(pdf, sheet.notes, { size: 10.5, weight: "regular" }, { leading: 15 });
    }
    yield;
  });
}

const LABEL_WIDTH = 112;

async function drawHead(pdf: Pdf, { name, line }: ContactSheet, firm: string): Promise<void> {
  const small = await pdf.line(firm, { size: 9, weight: "regular" });
  pdf.put(small, { x: pdf.left, y: pdf.y + 4, size: 9, grey: true });
  pdf.y += 12;
  pdf.rule({ y: pdf.y, strong: true });
  pdf.y += 10;
  await drawText(pdf, name, { size: 20, weight: "bold" }, { leading: 25 });
  if (line) await drawText(pdf, line, { size: 11, weight: "regular" }, { leading: 15 });
  pdf.y += 6;
}

/** In a frame and in bold: seen on a black and white copy, too. */
async function drawWarning(pdf: Pdf, text: string): Promise<void> {
  const style = { size: 10.5, weight: "bold" } as const;
  const lines = await pdf.lines(text, { ...style, width: pdf.right - pdf.left - 20 });
  const height = lines.length * 15 + 8;
  roomFor(pdf, height);
  pdf.frame({ x: pdf.left, y: pdf.y, width: pdf.right - pdf.left, height });
  lines.forEach((line, index) => {
    pdf.put(line, { x: pdf.left + 10, y: pdf.y + 15 + index * 15, size: style.size });
  });
  pdf.y += height + 5;
}

async function drawTitle(pdf: Pdf, title: string, withNext: number): Promise<void> {
  roomFor(pdf, 30 + withNext);
  pdf.y += 20;
  pdf.put(await pdf.line(title, { size: 12, weight: "bold" }), { x: pdf.left, y: pdf.y, size: 12 });
  pdf.y += 6;
  pdf.rule({ y: pdf.y });
  pdf.y += 3;
}

async function drawFact(pdf: Pdf, { label, text, aside }: SheetFact): Promise<void> {
  const left = pdf.left + LABEL_WIDTH;
  const width = pdf.right - left;
  const labels = await pdf.lines(label, { size: 9, weight: "regular", width: LABEL_WIDTH - 10 });
  const lines = await pdf.lines(text, { size: 10.5, weight: "regular", width });
  const asides = aside ? await pdf.lines(aside, { size: 9, weight: "regular", width }) : [];
  const whole = lines.length * 14 + asides.length * 12 + 5;
  if (whole < pdf.bottom - pdf.top) roomFor(pdf, whole);
  const top = pdf.y;
  labels.forEach((line, index) => {
    pdf.put(line, { x: pdf.left, y: top + 14 + index * 12, size: 9, grey: true });
  });
  for (const line of lines) putBelow(pdf, line, { x: left, size: 10.5, leading: 14 });
  for (const line of asides) putBelow(pdf, line, { x: left, size: 9, leading: 12, grey: true });
  pdf.y = Math.max(pdf.y, top + labels.length * 12) + 5;
}

async function drawText(pdf: Pdf, text: string, style: TextStyle, { leading }: { leading: number }): Promise<void> {
  const lines = await pdf.lines(text, { ...style, width: pdf.right - pdf.left });
  for (const line of lines) putBelow(pdf, line, { x: pdf.left, size: style.size, leading });
}

function putBelow(
  pdf: Pdf,
  line: Awaited<ReturnType<Pdf["line"]>>,
  { leading, ...at }: { x: number; size: number; leading: number; grey?: boolean },
): void {
  roomFor(pdf, leading);
  pdf.y += leading;
  pdf.put(line, { ...at, y: pdf.y });
}

function roomFor(pdf: Pdf, height: number): void {
  if (pdf.y + height > pdf.bottom) pdf.newPage();
}
