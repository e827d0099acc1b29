/** What a million contacts cost, against a hundred thousand in the same run. */
import { fillContacts } from "./fill";
import { type Bench, type BenchOptions, figure, interleaved } from "./measure";
import { multiplyContacts, spreadContacts } from "./multiply";
import { type FilledSite, searchRatio } from "./pages";
import { openBenchSite } from "./site";

const TIMES = 10;
/** Against what the same asked at a hundred thousand. */
const MOST_GROWTH = 1.3;
const MOST_SEARCH = 20;

export const millionContacts: Bench = async (options) => {
  const count = options.quick ? 2_000 : 100_000;
  const site = await openBenchSite(options);
  try {
    options.say(`Filling ${count.toLocaleString("en-GB")} contacts on ${options.database} …`);
    const ids = await fillContacts(site.scope, count);
    await spreadContacts(site.scope);
    const filled = { site, contacts: `/${site.scope.account.slug}/contacts`, ids, rounds: options.quick ? 40 : 300 };
    const before = await pagesOf(filled, options);
    options.say(`Filling up to ${(count * TIMES).toLocaleString("en-GB")} …`);
    await multiplyContacts(site.scope, TIMES);
    const after = await pagesOf(filled, options);
    return {
      "contacts.list.1m": figure(after.list / before.list, "× the same at a tenth of the contacts", MOST_GROWTH),
      "contacts.detail.1m": figure(after.detail / before.detail, "× the same at a tenth of the contacts", MOST_GROWTH),
      "contacts.search.1m": await searchRatio(filled, options, MOST_SEARCH),
    };
  } finally {
    await site.close();
  }
};

/** Each against its components rendered from memory, so that a busy machine is equally unkind before and after. */
async function pagesOf(filled: FilledSite, options: BenchOptions) {
  const { contacts, ids } = filled;
  const contact = `${contacts}/${ids[Math.floor(ids.length / 2)]}`;
  const beside = `${contact}?back=${encodeURIComponent(`${contacts}?owner=me&sort=changed`)}`;
  const pages = { list: await ratioOf(filled, contacts, options), detail: await ratioOf(filled, contact, options) };
  // Only told: what filters cost.
  await ratioOf(filled, beside, options);
  for (const query of ["owner=me", "city=ullapool", "city=london&owner=me", "marks=email", "created=30&sort=company"]) {
    await ratioOf({ ...filled, rounds: Math.ceil(filled.rounds / 10) }, `${contacts}?${query}`, options);
  }
  return pages;
}

async function ratioOf({ site, rounds }: FilledSite, path: string, options: BenchOptions): Promise<number> {
  const constant = await site.constantPage(path);
  const { ratio, oursMs, yardstickMs } = await interleaved(rounds, () => site.page(path), constant);
  options.say(`${path}: page ${oursMs.toFixed(2)} ms, components alone ${yardstickMs.toFixed(2)} ms`);
  return ratio;
}
