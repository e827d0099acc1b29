/** How much longer it takes to import rows of people who are there than to write what has come of them. */
import { analyse } from "./fill";
import { forThisFirm, readFinalRows, writeFinalRows } from "./final-rows";
import { countsOf, csvOf, importCsv, rateOf } from "./import-rows";
import { type Bench, type BenchOptions, type Figure, figure, timed } from "./measure";
import { openBenchWorld, openFirm } from "./site";
import { type ContactValues } from "~/features/contacts/contact";
import { type InstallationScope, type Scope } from "~/platform/scope.server";
import { sampleContacts } from "~/testing/sample/sample-contacts";

export const importMatch: Bench = async (options) => ({
  "import.match": await matchedRows(options, { fileOf: async (csv) => csv, importFile: importCsv }),
});

interface Format {
  /** The same rows as such a file. */
  fileOf(csv: Buffer): Promise<Buffer>;
  /** From the upload to the end of the run, whose id it returns. */
  importFile(installation: InstallationScope, scope: Scope, file: Buffer): Promise<string>;
}

export async function matchedRows(options: BenchOptions, { fileOf, importFile }: Format): Promise<Figure> {
  const count = options.quick ? 9_000 : 100_000;
  const { contacts } = sampleContacts(count, 7);
  const [ours, bare] = [await openBenchWorld(options), await openBenchWorld(options)];
  try {
    const scope = await openFirm(ours.installation);
    const bareScope = await openFirm(bare.installation);
    options.say(`Filling ${count.toLocaleString("en-GB")} contacts on ${options.database}, twice …`);
    await fill();
    options.say(`Matching ${count.toLocaleString("en-GB")} rows against them …`);
    const file = await fileOf(csvOf(contacts.map(aYearLater)));
    let runId = "";
    const importMs = await timed(async () => {
      runId = await importFile(ours.installation, scope, file);
    });
    const rows = await readFinalRows(scope, runId);
    forThisFirm(bareScope, rows);
    const writingMs = await timed(() => writeFinalRows(bareScope, rows));
    const counts = JSON.stringify(await countsOf(scope, runId));
    options.say(`import ${rateOf(count, importMs)}, writing the same rows ${rateOf(count, writingMs)}; ${counts}`);
    return figure(importMs / writingMs, "× writing the same final rows", 3);

    /** The same contacts under the same ids in both: imported in one, and copied from there. */
    async function fill() {
      const rows = await readFinalRows(scope, await importCsv(ours.installation, scope, csvOf(contacts)));
      forThisFirm(bareScope, rows);
      await writeFinalRows(bareScope, rows);
      for (const one of [scope, bareScope]) if (one.database.dialect === "postgres") await analyse(one);
    }
  } finally {
    await ours.close();
    await bare.close();
  }
}

/**
 * The same list from another hand: of ten rows three are as they were, three have a new job title, two a new phone, one
 * has notes, and one has no email any more where there is a phone to know it by, and a new title.
 */
function aYearLater(contact: ContactValues, place: number): ContactValues {
  const promoted = { ...contact, jobTitle: `${contact.jobTitle ?? "Clerk"}, retired` };
  const kind = place % 10;
  if (kind < 3) return contact;
  if (kind < 6) return promoted;
  if (kind < 8) {
    const digits = String(place % 1_000).padStart(3, "0");
    return { ...contact, phones: [{ value: `+447700901${digits}`, label: "mobile" }] };
  }
  if (kind === 8) return { ...contact, notes: "Asked to be rung in the morning." };
  return contact.phones.length > 0 ? { ...promoted, emails: [] } : promoted;
}
