/** Titles, words, facts and columns of a report on paper. Lengths in points. */
import { type Pdf } from "~/platform/pdf/pdf.server";

const LABEL_WIDTH = 112;

export async function drawTitle(pdf: Pdf, title: string, withNext = 60): Promise<void> {
  roomFor(pdf, 30 + withNext);
  pdf.y += 22;
  pdf.put(await pdf.line(title, { size: 13, weight: "bold" }), { x: pdf.left, y: pdf.y, size: 13 });
  pdf.y += 6;
}

interface Look {
  size: number;
  bold?: boolean;
  grey?: boolean;
}

export async function drawWords(pdf: Pdf, text: string, { size, bold, grey }: Look): Promise<void> {
  const style = { size, weight: bold ? "bold" : "regular", width: pdf.right - pdf.left } as const;
  for (const line of await pdf.lines(text, style)) {
    roomFor(pdf, size * 1.35);
    pdf.y += size * 1.35;
    pdf.put(line, { x: pdf.left, y: pdf.y, size, grey });
  }
}

export async function drawFacts(pdf: Pdf, facts: readonly { label: string; value: string }[]): Promise<void> {
  for (const { label, value } of facts) {
    const left = pdf.left + LABEL_WIDTH;
    const lines = await pdf.lines(value, { size: 10, weight: "regular", width: pdf.right - left });
    roomFor(pdf, 15);
    pdf.put(await pdf.line(label, { size: 9, weight: "regular" }), { x: pdf.left, y: pdf.y + 14, size: 9, grey: true });
    for (const line of lines) {
      roomFor(pdf, 14);
      pdf.y += 14;
      pdf.put(line, { x: left, y: pdf.y, size: 10 });
    }
  }
}

const HEIGHT = 80;
/** From the bottom up; told apart on any copier. */
const greys = [0, 0.55, 0.85];
const WIDEST = 16;

/** Columns of parts from left to right, with the highest number at the top left and the ends named below. */
export async function drawColumns(
  pdf: Pdf,
  bars: readonly number[][],
  { first, last }: { first: string; last: string },
): Promise<void> {
  roomFor(pdf, HEIGHT + 40);
  const most = Math.max(1, ...bars.map((values) => values.reduce((sum, value) => sum + value, 0)));
  const step = Math.min(WIDEST, (pdf.right - pdf.left) / bars.length);
  pdf.y += 14;
  const style = { size: 8, weight: "regular" } as const;
  pdf.put(await pdf.line(String(most), style), { x: pdf.left, y: pdf.y, size: 8, grey: true });
  const bottom = pdf.y + 4 + HEIGHT;
  bars.forEach((values, place) => {
    let y = bottom;
    values.forEach((value, part) => {
      const height = (value / most) * HEIGHT;
      y -= height;
      if (height === 0) return;
      const box = { x: pdf.left + place * step, y, width: Math.max(0.5, step - 1.5), height };
      pdf.fill([box], { grey: greys[part] });
    });
  });
  const end = pdf.left + bars.length * step;
  pdf.rule({ y: bottom, to: end, strong: true });
  pdf.y = bottom + 11;
  pdf.put(await pdf.line(first, style), { x: pdf.left, y: pdf.y, size: 8, grey: true });
  if (last !== first) {
    const line = await pdf.line(last, style);
    const x = Math.max(pdf.left + 100, end - line.width);
    pdf.put(line, { x, y: pdf.y, size: 8, grey: true });
  }
  pdf.y += 2;
}

function roomFor(pdf: Pdf, height: number): void {
  if (pdf.y + height > pdf.bottom) pdf.newPage();
}
