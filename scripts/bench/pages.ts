/** How much longer a page takes than its own components rendered from memory, at 100,000 contacts. */
import { gzipSync } from "node:zlib";
import { fillContacts } from "./fill";
import { type Bench, type BenchOptions, figure, interleaved, median, timed } from "./measure";
import { type BenchSite, openBenchSite } from "./site";

const HTML_BUDGET_KB = 12;
const CSS_BUDGET_KB = 15;

export interface FilledSite {
  site: BenchSite;
  contacts: string;
  ids: string[];
  rounds: number;
}

async function withFilledSite<Result>(
  options: BenchOptions,
  work: (filled: FilledSite) => Promise<Result>,
): Promise<Result> {
  const count = options.quick ? 2_000 : 100_000;
  const site = await openBenchSite(options);
  try {
    options.say(`Filling ${count.toLocaleString("en-GB")} contacts on ${options.database} …`);
    const ids = await fillContacts(site.scope, count);
    return await work({
      site,
      contacts: `/${site.scope.account.slug}/contacts`,
      ids,
      rounds: options.quick ? 40 : 400,
    });
  } finally {
    await site.close();
  }
}

async function pageRatio(
  { site, rounds }: FilledSite,
  path: string,
  options: BenchOptions,
  name: string,
  aim?: number,
) {
  const constant = await site.constantPage(path);
  const { ratio, oursMs, yardstickMs } = await interleaved(rounds, () => site.page(path), constant);
  options.say(`${name}: page ${oursMs.toFixed(2)} ms, components alone ${yardstickMs.toFixed(2)} ms`);
  return figure(ratio, "× its components alone", aim ?? (options.database === "sqlite" ? 2 : 3));
}

export const contactPages: Bench = (options) =>
  withFilledSite(options, async (filled) => ({
    "contacts.list": await pageRatio(filled, filled.contacts, options, "list"),
    "contacts.detail": await pageRatio(
      filled,
      `${filled.contacts}/${filled.ids[Math.floor(filled.ids.length / 2)]}`,
      options,
      "detail",
    ),
    home: await pageRatio(filled, `/${filled.site.scope.account.slug}`, options, "home", 2),
    ...pageBytes(await filled.site.page(filled.contacts), filled.site),
    "contacts.search": await searchRatio(filled, options, 5),
  }));

function pageBytes(html: string, site: BenchSite) {
  const stylesheet = /<link[^>]+rel="stylesheet"[^>]+href="([^"]+)"/.exec(html)?.[1] ?? "";
  const css = site.asset(stylesheet);
  return {
    "page.bytes": figure(gzipSync(html).length / 1_024, "kB HTML (gzip) with 50 rows", HTML_BUDGET_KB),
    "page.bytes.css": figure(gzipSync(css).length / 1_024, "kB CSS (gzip), whole site", CSS_BUDGET_KB),
    "page.bytes.script": figure((html.match(/<script/g) ?? []).length, "script elements", 0),
  };
}

/** Common and rare words, parts, beginnings, several words, emails, phones, other scripts. */
const queries: readonly (readonly [name: string, query: string])[] = [
  ["a rare name", "shaughnessy"],
  ["a name with marks", "sørensen"],
  ["the same without", "sorensen"],
  ["part of a company", "ceram"],
  ["two words", "adebayo joinery"],
  ["a beginning of two letters", "fo adeb"],
  ["one letter and a name", "a okafor"],
  ["an email", "office.7@"],
  ["a phone number", "020 7946 0182"],
  ["a word in notes", "kiln"],
  ["another script", "παπαδ"],
  ["in nearly every contact", "example"],
];
const MANY = 10_000;

export async function searchRatio({ site, contacts, rounds }: FilledSite, options: BenchOptions, aim: number) {
  const constant = await site.constantPage(contacts);
  const constantTimes: number[] = [];
  let worst = 0;
  for (const [name, query] of queries) {
    const path = `${contacts}?q=${encodeURIComponent(query)}`;
    const times: number[] = [];
    const html = await site.page(path);
    for (let round = 0; round < Math.ceil(rounds / 10); round++) {
      times.push(await timed(() => site.page(path)));
      constantTimes.push(await timed(constant));
    }
    const hits = /of ([\d,]+\+?)/.exec(html)?.[1] ?? "0";
    const isMany = hits.endsWith("+") || Number(hits.replace(/,/g, "")) > MANY;
    const ratio = median(times) / median(constantTimes);
    options.say(`search for ${name} (${query}): ${hits} hits, ${median(times).toFixed(1)} ms, ${ratio.toFixed(2)} ×`);
    if (!isMany) worst = Math.max(worst, ratio);
  }
  return figure(worst, "× the constant page, worst of up to 10,000 hits", aim);
}
