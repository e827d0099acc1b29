/** What figures cost at a million recipients in two hundred campaigns, against the same pages from memory. */
import { analyse, fillContacts } from "./fill";
import { fillCampaigns } from "./fill-campaigns";
import { type Bench, figure, interleaved } from "./measure";
import { openBenchSite } from "./site";

const MOST = 3;

export const campaignFigures: Bench = async (options) => {
  const size = options.quick
    ? { contacts: 1_000, campaigns: 20, each: 500, rounds: 15 }
    : { contacts: 20_000, campaigns: 200, each: 5_000, rounds: 100 };
  const site = await openBenchSite(options);
  try {
    options.say(`Filling ${size.contacts.toLocaleString("en-GB")} contacts on ${options.database} …`);
    await fillContacts(site.scope, size.contacts);
    options.say(`Filling ${(size.campaigns * size.each).toLocaleString("en-GB")} recipients …`);
    const ids = await fillCampaigns(site.scope, size);
    if (options.database === "postgres") await analyse(site.scope);
    const base = `/${site.scope.account.slug}/campaigns`;
    const measure = async (path: string) => {
      const constant = await site.constantPage(path);
      const { ratio, oursMs, yardstickMs } = await interleaved(size.rounds, () => site.page(path), constant);
      options.say(`${path}: page ${oursMs.toFixed(2)} ms, components alone ${yardstickMs.toFixed(2)} ms`);
      return ratio;
    };
    const figures = `${base}/${ids[Math.floor(ids.length / 2)]}/figures`;
    const worst = Math.max(await measure(`${base}/comparison`), await measure(figures));
    // What somebody has to ask for: each contact of the list is looked up. Told, and held to nothing.
    for (const by of ["tag", "town"]) await measure(`${figures}?by=${by}`);
    return { "campaign.figures": figure(worst, "× its components alone, the worse of two pages", MOST) };
  } finally {
    await site.close();
  }
};
