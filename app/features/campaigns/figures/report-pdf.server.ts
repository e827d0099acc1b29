/** A campaign as a report to hand on: what it was, whom it reached, who answered when and where, what it cost. */
import { channelNames, stateNames, type WholeCampaign } from "~/features/campaigns/campaign";
import { costLines } from "~/features/campaigns/figures/cost-lines";
import { finding, partsText, spanText, stepNames } from "~/features/campaigns/figures/day-words";
import { answersOverTime, type AnswersOverTime, total } from "~/features/campaigns/figures/days";
import { type FunnelLine, funnelLines, sums } from "~/features/campaigns/figures/funnel-lines";
import { type CampaignFigures, readFigures } from "~/features/campaigns/figures/read-figures.server";
import { drawColumns, drawFacts, drawTitle, drawWords } from "~/platform/pdf/report-drawing.server";
import { countAndShare } from "~/features/campaigns/figures/shares";
import { townLines } from "~/features/campaigns/figures/town-lines";
import { type Pdf, writePdf } from "~/platform/pdf/pdf.server";
import { drawTable, type PdfColumn } from "~/platform/pdf/table.server";
import { type Scope } from "~/platform/scope.server";
import { formatDate, formatInstant } from "~/platform/time";

export interface CampaignReport {
  name: string;
  bytes: AsyncGenerator<Uint8Array, void>;
}

/** Null: there is no such campaign. */
export async function campaignReport(scope: Scope, campaignId: string): Promise<CampaignReport | null> {
  const figures = await readFigures(scope, campaignId);
  if (!figures) return null;
  const { account, place, user } = scope;
  const madeAt = scope.clock.now();
  const options = {
    title: `${figures.campaign.name} · ${account.name}`,
    ...{ language: "en-GB", author: account.name, madeAt },
    footer: `${account.name} · Figures of ${formatInstant(place, madeAt)}${user ? `, printed by ${user.name}` : ""}`,
  };
  const bytes = writePdf(options, async function* (pdf) {
    pdf.newPage();
    await drawHead(pdf, scope, figures.campaign);
    yield* drawFunnel(pdf, figures, place.locale);
    yield* drawDays(pdf, scope, answersOverTime(figures.days));
    yield* drawTowns(pdf, figures, place.locale);
    await drawTitle(pdf, "Cost and return");
    const cost = costLines(figures.campaign, place.locale);
    await drawFacts(
      pdf,
      cost.map(({ label, value, how }) => ({ label, value: `${value} (${how})` })),
    );
    yield;
  });
  return { name: `${figures.campaign.name}, report`, bytes };
}

async function drawHead(pdf: Pdf, { account, place }: Scope, campaign: WholeCampaign): Promise<void> {
  const { name, channel, state, topic, description, startedAt, completedAt, ownerName } = campaign;
  await drawWords(pdf, account.name, { size: 9, grey: true });
  pdf.y += 4;
  pdf.rule({ y: pdf.y, strong: true });
  pdf.y += 8;
  await drawWords(pdf, name, { size: 20, bold: true });
  await drawWords(pdf, `Report of a campaign: ${channelNames[channel].toLowerCase()}`, { size: 11, grey: true });
  pdf.y += 6;
  const facts = [
    { label: "For", value: description },
    { label: "Topic", value: topic },
    { label: "State", value: stateNames[state] },
    { label: "Began", value: startedAt && formatDate(place, startedAt) },
    { label: "Ended", value: completedAt && formatDate(place, completedAt) },
    { label: "Looked after by", value: ownerName },
  ];
  await drawFacts(
    pdf,
    facts.flatMap(({ label, value }) => (value ? [{ label, value }] : [])),
  );
}

async function* rowsOf<Row>(rows: readonly Row[]): AsyncGenerator<readonly Row[], void> {
  yield rows;
}

async function* drawFunnel(pdf: Pdf, { funnel, campaign }: CampaignFigures, locale: string) {
  await drawTitle(pdf, "From the list to the answer");
  await drawWords(pdf, "In brackets: between which shares the true one lies in 95 of 100 such campaigns.", {
    ...{ size: 9, grey: true },
  });
  const columns: PdfColumn<FunnelLine>[] = [
    { label: "What became of them", share: 3, cell: ({ label, depth }) => "\u2003".repeat(depth) + label },
    { label: "Contacts", share: 1, cell: ({ count }) => count.toLocaleString(locale) },
    { label: "Share", share: 2.6, cell: ({ share }) => share },
    { label: "What it is", share: 3.4, cell: ({ meaning }) => meaning },
  ];
  yield* drawTable(pdf, columns, rowsOf(funnelLines(funnel, campaign.channel, locale)));
  pdf.y += 4;
  await drawWords(pdf, sums(funnel, locale).join(" "), { size: 9, grey: true });
}

async function* drawDays(pdf: Pdf, { place }: Scope, over: AnswersOverTime) {
  const some = over.spans.filter((span) => total(span) > 0);
  await drawTitle(pdf, `Answers by ${stepNames[over.step].toLowerCase()}`, 130);
  await drawWords(pdf, finding(place, over), { size: 10 });
  const [first, last] = [over.spans[0], over.spans.at(-1)];
  if (!first || !last) return;
  const ends = { first: spanText(place, first), last: spanText(place, last) };
  // Black: converted; grey: responded; light: not interested.
  const bars = over.spans.map((span) => [span.converted, span.responded, span.notInterested]);
  await drawColumns(pdf, bars, ends);
  await drawWords(pdf, "Black: converted. Grey: responded, no more yet. Light: not interested.", {
    ...{ size: 9, grey: true },
  });
  pdf.y += 4;
  const columns: PdfColumn<(typeof some)[number]>[] = [
    { label: stepNames[over.step], share: 2, cell: (span) => spanText(place, span) },
    { label: "Answers", share: 1, cell: (span) => total(span).toLocaleString(place.locale) },
    { label: "Which", share: 4, cell: (span) => partsText(span, place.locale) },
  ];
  yield* drawTable(pdf, columns, rowsOf(some));
}

async function* drawTowns(pdf: Pdf, figures: CampaignFigures, locale: string) {
  const lines = townLines(figures);
  if (lines.length === 0) return;
  await drawTitle(pdf, "By town, of those reached");
  const columns: PdfColumn<(typeof lines)[number]>[] = [
    { label: "Town", share: 3, cell: ({ name }) => name },
    { label: "Reached", share: 1.4, cell: ({ reached }) => reached.toLocaleString(locale) },
    { label: "Responded", share: 2, cell: ({ responded, reached }) => countAndShare(responded, reached, locale) },
    { label: "Converted", share: 2, cell: ({ converted, reached }) => countAndShare(converted, reached, locale) },
  ];
  yield* drawTable(pdf, columns, rowsOf(lines));
}
