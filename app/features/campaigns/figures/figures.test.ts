import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { type Response, responses } from "~/features/campaigns/campaign";
import { findCampaign } from "~/features/campaigns/campaigns.server";
import { deliveries, type Delivery } from "~/features/campaigns/delivery";
import { type FigureFilter, readFigureFilter, figureQuery } from "~/features/campaigns/figures/figure-filter";
import { figureFile, figureRowsFile } from "~/features/campaigns/figures/figure-files.server";
import { countFigureRows, listFigureRows } from "~/features/campaigns/figures/figure-rows.server";
import { answered, responded } from "~/features/campaigns/figures/funnel";
import { funnelLines } from "~/features/campaigns/figures/funnel-lines";
import { readFigures } from "~/features/campaigns/figures/read-figures.server";
import { campaignReport } from "~/features/campaigns/figures/report-pdf.server";
import { addContacts } from "~/features/campaigns/recipients/add-recipients.server";
import { markDelivery } from "~/features/campaigns/recipients/mark-delivery.server";
import { recordResponse } from "~/features/campaigns/responses/record-response.server";
import { startCampaign } from "~/features/campaigns/start-campaign.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { plan } from "~/testing/given-campaigns";
import { textOfPdf } from "~/testing/text-of-pdf";

const clock = testClock("2026-05-20T12:00:00.000Z");
const towns = ["Leeds", "Hebden Bridge", null] as const;
const PEOPLE = 9;

interface Fate {
  delivery: Delivery;
  response: Response;
  day: number;
}

/** People of three towns and two tags; every fifth of them without a number. */
async function people(scope: Scope): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < PEOPLE; n++) {
    const city = towns[n % towns.length] ?? null;
    const address = { label: null, street: "14 Kiln Row", city, region: null, postalCode: null, country: "GB" };
    const { id } = await given.contact(scope, {
      ...{ givenName: `Folasade ${n}`, familyName: "Adebayo", addresses: [address] },
      phones: n % 5 === 4 ? [] : [{ label: null, value: `+4420794603${String(10 + n)}` }],
      tags: n % 2 ? ["client"] : ["client", "=trustee"],
    });
    ids.push(id);
  }
  return ids;
}

/** A round of calls in which each came to what fate has for them. */
async function called(scope: Scope, contactIds: readonly string[], fates: readonly Fate[]): Promise<string> {
  const campaignId = await plan(scope, "phone");
  await addContacts(scope, campaignId, contactIds);
  expect(await startCampaign(scope, campaignId)).toEqual({ ok: true });
  for (const [n, { delivery, response, day }] of fates.entries()) {
    const contactId = contactIds[n] ?? "";
    const mark = { mark: { delivery }, from: deliveries };
    await inTransaction(scope, (scope) => markDelivery(scope, campaignId, [contactId], mark));
    const valueMinor = response === "converted" ? BigInt(n + 1) * 1_000n : null;
    const answer = { response, respondedOn: `2026-05-0${day}`, how: "phone", note: null, valueMinor } as const;
    if (response !== "pending") await recordResponse(scope, { campaignId, contactId }, answer);
  }
  return campaignId;
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
const fate = fc.record({
  delivery: fc.constantFrom(...deliveries),
  response: fc.constantFrom(...responses),
  day: fc.integer({ min: 1, max: 9 }),
});

async function textOf(bytes: AsyncIterable<Uint8Array> | undefined): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes ?? []) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

describe.each(databases)("a campaign's figures, on %s", (engine) => {
  let scope: Scope;
  let contactIds: string[];
  beforeAll(async () => {
    scope = await given.scope(engine, "admin", { clock });
    contactIds = await people(scope);
  });

  const countOf = async (campaignId: string, filter: Partial<FigureFilter>) =>
    (await countFigureRows(scope, campaignId, readFigureFilter(new URLSearchParams(figureQuery(filter))))).count;

  test("add up whatever became of everybody, say what the campaign's own row says, and each has its rows", async () => {
    const fates = fc.array(fate, { minLength: PEOPLE, maxLength: PEOPLE });
    await fc.assert(
      fc.asyncProperty(fates, async (fates) => {
        const campaignId = await called(scope, contactIds, fates);
        const figures = await readFigures(scope, campaignId);
        const kept = await findCampaign(scope, campaignId);
        if (!figures || !kept) throw new Error("It is gone");
        const { funnel, days, tags, towns } = figures;
        const { parts, reached, unreached } = funnel;
        expect(sum(Object.values(parts))).toBe(PEOPLE);
        expect(parts["left-out"] + parts["to-come"] + funnel.tried).toBe(funnel.listed);
        expect(sum(funnel.leftOut.map(({ count }) => count))).toBe(parts["left-out"]);
        expect(sum(Object.values(reached))).toBe(parts.reached);
        expect(sum(Object.values(reached)) + sum(Object.values(unreached))).toBe(PEOPLE);
        expect(kept).toMatchObject({
          ...{ listed: funnel.listed, reached: parts.reached, failed: parts.failed, unknown: parts.unknown },
          ...{ reachedResponded: responded(reached), reachedConverted: reached.converted },
          ...{ responded: responded(reached) + responded(unreached), valueMinor: funnel.valueMinor },
          notInterested: reached.notInterested + unreached.notInterested,
        });
        expect(sum(days.map((day) => day.responded + day.converted + day.notInterested))).toBe(
          answered(reached) + answered(unreached),
        );
        expect(sum(towns.map(({ reached }) => reached))).toBe(parts.reached);
        expect(sum(towns.map(({ responded }) => responded))).toBe(responded(reached));
        expect(Math.max(0, ...tags.map(({ reached }) => reached))).toBe(parts.reached);
        for (const { key, count, filter } of funnelLines(funnel, "phone", "en-GB")) {
          expect([key, await countOf(campaignId, filter)]).toEqual([key, count]);
        }
        for (const { tagId, ...tag } of tags) {
          expect(await countOf(campaignId, { part: "reached", tag: tagId })).toBe(tag.reached);
        }
        for (const { key, ...town } of towns) {
          expect(await countOf(campaignId, { part: "reached", town: key ?? "", answer: "positive" })).toBe(
            town.responded,
          );
        }
        for (const { from, until, ...day } of days) {
          expect(await countOf(campaignId, { answer: "converted", from, until })).toBe(day.converted);
        }
      }),
      { numRuns: 6 },
    );
  });

  test("the rows behind one come by name, page by page, and as a file that no spreadsheet runs", async () => {
    const spoken: Fate = { delivery: "spoken", response: "converted", day: 4 };
    const campaignId = await called(
      scope,
      contactIds,
      Array.from({ length: PEOPLE }, () => spoken),
    );
    const filter = readFigureFilter(new URLSearchParams("part=reached&answer=converted"));
    const names: string[] = [];
    let after: Parameters<typeof listFigureRows>[3]["after"] = null;
    do {
      const asked = { after, limit: 4 };
      const page = await listFigureRows(scope, { id: campaignId, channel: "phone" }, filter, asked);
      names.push(...page.rows.map(({ name }) => name ?? ""));
      after = page.next;
    } while (after);
    expect(names).toEqual(Array.from({ length: PEOPLE }, (_, n) => `Folasade ${n} Adebayo`));
    const rows = await textOf((await figureRowsFile(scope, campaignId, filter, "csv"))?.bytes);
    expect(rows.split("\r\n")[1]).toBe(
      "Folasade 0 Adebayo,'+442079460310,Leeds,,Spoken to,2026-05-20,,Converted,2026-05-04,10.00,GBP",
    );
    const tags = await textOf((await figureFile(scope, campaignId, "tags", "csv"))?.bytes);
    expect(tags).toContain("\r\n'=trustee,5,5,5,,,,,,\r\n");
    expect(await textOf((await figureFile(scope, campaignId, "days", "csv"))?.bytes)).toContain("2026-05-04,9,9,0");
    expect((await textOf((await figureFile(scope, campaignId, "cost", "xlsx"))?.bytes)).slice(0, 2)).toBe("PK");
    expect(await figureFile(scope, campaignId, "nothing", "csv")).toBeNull();
  });

  test("stand in a report on paper", async () => {
    const spoken: Fate = { delivery: "spoken", response: "converted", day: 4 };
    const campaignId = await called(scope, contactIds, [spoken, { ...spoken, response: "not-interested" }]);
    const text = await textOfPdf((await campaignReport(scope, campaignId))?.bytes ?? Buffer.from(""));
    expect(text).toContain("Spring review 2026");
    expect(text).toContain("2 reached = 1 responded + 1 not interested.");
    expect(text).toContain("Both answers came on 4 May 2026.");
    expect(text).toContain("£155.00 (reached, 2 of them)");
    expect(text).toContain("Hebden Bridge");
  });

  test("another account counts nothing of it", async () => {
    const campaignId = await called(scope, contactIds, [{ delivery: "spoken", response: "pending", day: 1 }]);
    expect(await readFigures(await given.scope(engine), campaignId)).toBeNull();
  });
});
