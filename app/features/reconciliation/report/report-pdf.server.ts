/** A report on paper, to hand on. */
import { type Report } from "~/features/reconciliation/report/report";
import { type Pdf, writePdf } from "~/platform/pdf/pdf.server";
import { drawColumns, drawFacts, drawTitle, drawWords } from "~/platform/pdf/report-drawing.server";
import { drawTable, type PdfColumn } from "~/platform/pdf/table.server";

const small = { size: 9, grey: true } as const;
const plain = { size: 10 } as const;

export function reportPdf(report: Report, { madeAt }: { madeAt: string }): AsyncGenerator<Uint8Array, void> {
  const { firm, name, days } = report;
  const options = {
    ...{ title: `${name} · ${days} · ${firm}`, language: "en-GB", author: firm, madeAt },
    footer: `${firm} · ${name}, ${days}`,
  };
  return writePdf(options, async function* (pdf) {
    pdf.newPage();
    await drawHead(pdf, report);
    yield* drawMoney(pdf, report);
    yield* drawWhy(pdf, report);
    await drawTitle(pdf, "What to do");
    for (const [at, { title, text }] of report.advice.entries()) {
      pdf.y += 4;
      await drawWords(pdf, `${at + 1}. ${title}`, { size: 10, bold: true });
      await drawWords(pdf, text, plain);
    }
    yield* drawBridge(pdf, report);
    yield* drawTrend(pdf, report);
    await drawTitle(pdf, "What was compared");
    await drawFacts(
      pdf,
      report.compared.map(({ label, value, source }) => ({ label, value: source ? `${value} (${source})` : value })),
    );
    yield;
  });
}

async function drawHead(pdf: Pdf, { firm, name, days, comparedAt, lead, open, figures }: Report): Promise<void> {
  await drawWords(pdf, firm, small);
  pdf.y += 4;
  pdf.rule({ y: pdf.y, strong: true });
  pdf.y += 8;
  await drawWords(pdf, name, { size: 20, bold: true });
  await drawWords(pdf, `${days}. Compared ${comparedAt}.`, { size: 11, grey: true });
  pdf.y += 8;
  await drawWords(pdf, lead, { size: 12 });
  if (open) {
    pdf.y += 3;
    await drawWords(pdf, open, small);
  }
  pdf.y += 6;
  await drawFacts(
    pdf,
    figures.map(({ value, label }) => ({ label: label.charAt(0).toUpperCase() + label.slice(1), value })),
  );
}

async function* rowsOf<Row>(rows: readonly Row[]): AsyncGenerator<readonly Row[], void> {
  yield rows;
}

async function* drawMoney(pdf: Pdf, { money, cost }: Report) {
  await drawTitle(pdf, "What was sold, what was tracked, what is missing");
  const columns: PdfColumn<Report["money"][number]>[] = [
    { label: "Currency", share: 1.4, cell: ({ currency }) => currency },
    { label: "Sold", share: 2, cell: ({ sold }) => sold },
    { label: "Tracked", share: 2, cell: ({ tracked }) => tracked },
    { label: "Missing", share: 2, cell: ({ missing }) => missing },
    { label: "Found, by value", share: 1.6, cell: ({ share }) => share },
  ];
  yield* drawTable(pdf, columns, rowsOf(money));
  pdf.y += 4;
  await drawWords(pdf, cost, plain);
}

async function* drawWhy(pdf: Pdf, { gaps, unseen, band, methods }: Report) {
  await drawTitle(pdf, "Why orders are missing");
  if (gaps.length === 0) await drawWords(pdf, "None is missing.", plain);
  else {
    const columns: PdfColumn<Report["gaps"][number]>[] = [
      { label: "Reason", share: 5, cell: ({ title }) => title, under: ({ meaning }) => meaning },
      { label: "Orders", share: 1, cell: ({ orders }) => orders },
      { label: "Of the missing", share: 1.2, cell: ({ share }) => share },
      { label: "Amount", share: 1.8, cell: ({ amount }) => amount },
    ];
    yield* drawTable(pdf, columns, rowsOf(gaps));
  }
  pdf.y += 4;
  for (const text of [unseen, band?.text]) if (text) await drawWords(pdf, text, small);
  if (methods.length === 0) return;
  await drawTitle(pdf, "By payment method", 100);
  const columns: PdfColumn<Report["methods"][number]>[] = [
    { label: "Payment method", share: 3, cell: ({ name }) => name },
    { label: "Orders", share: 1, cell: ({ orders }) => orders },
    { label: "Missing", share: 1, cell: ({ missing }) => missing },
    { label: "Missing of known", share: 1.4, cell: ({ share }) => share },
    { label: "Missing amount", share: 1.8, cell: ({ amount }) => amount },
  ];
  yield* drawTable(pdf, columns, rowsOf(methods));
}

async function* drawBridge(pdf: Pdf, { bridge }: Report) {
  await drawTitle(pdf, "From what was sold to what was tracked", 120);
  const { currencies, lines, analytics } = bridge;
  const rows = [...lines, { step: "analytics", label: "Analytics", amounts: analytics }];
  const columns: PdfColumn<(typeof rows)[number]>[] = [
    { label: "Step", share: 3, cell: ({ label }) => label },
    ...currencies.map((currency, at) => ({
      ...{ label: currency, share: 1.6 },
      cell: ({ amounts }: (typeof rows)[number]) => amounts[at] ?? "",
    })),
  ];
  yield* drawTable(pdf, columns, rowsOf(rows));
}

/** The numbers themselves are in the findings: here it is how they go. */
async function* drawTrend(pdf: Pdf, { trend }: Report) {
  if (trend.lines.length === 0) return;
  await drawTitle(pdf, `Missing orders by ${trend.step.toLowerCase()}`, 150);
  await drawWords(pdf, trend.finding, plain);
  const bars = trend.lines.map(({ count }) => [count]);
  await drawColumns(pdf, bars, { first: trend.first, last: trend.last });
  yield;
}
