/** `npm run bench`: how fast and how heavy, as ratios within one run. `--json`, `--only NAME,…`, `--database`, `--quick`. */
import { parseArgs } from "node:util";
import { type Bench, type Figure } from "./bench/measure";

// React measures itself in development; the figures are of what production runs.
process.env.NODE_ENV = "production";

const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    only: { type: "string" },
    database: { type: "string", default: "sqlite" },
    quick: { type: "boolean", default: false },
  },
});
if (options.database !== "sqlite" && options.database !== "postgres") {
  throw new Error("--database is sqlite or postgres");
}

interface KnownBench {
  gives: readonly string[];
  load: () => Promise<Bench>;
  /** Only when it is asked for by name. */
  takesLong?: true;
}

/** Each bench, and the figures that it gives. */
const benches: readonly KnownBench[] = [
  {
    gives: ["contacts.list", "contacts.detail", "contacts.search", "home", "page.bytes"],
    load: () => import("./bench/pages").then((file) => file.contactPages),
  },
  {
    gives: ["contacts.list.1m", "contacts.detail.1m", "contacts.search.1m"],
    load: () => import("./bench/million").then((file) => file.millionContacts),
  },
  { gives: ["import.csv"], load: () => import("./bench/import").then((file) => file.importCsv) },
  { gives: ["import.match"], load: () => import("./bench/match").then((file) => file.importMatch) },
  { gives: ["import.xlsx"], load: () => import("./bench/import-xlsx").then((file) => file.importXlsx) },
  {
    gives: ["import.memory"],
    load: () => import("./bench/memory").then((file) => file.importMemory),
    takesLong: true,
  },
  { gives: ["trial.csv"], load: () => import("./bench/trial").then((file) => file.trialCsv) },
  {
    gives: ["sync.first", "sync.again", "sync.delta"],
    load: () => import("./bench/sync").then((file) => file.syncs),
  },
  {
    gives: ["sync.memory"],
    load: () => import("./bench/sync-memory").then((file) => file.syncMemory),
    takesLong: true,
  },
  { gives: ["sync.storm"], load: () => import("./bench/sync-storm").then((file) => file.syncStorm) },
  { gives: ["undo.import"], load: () => import("./bench/undo").then((file) => file.undoImport) },
  { gives: ["export.csv", "export.xlsx"], load: () => import("./bench/export").then((file) => file.exports) },
  { gives: ["letters.pdf"], load: () => import("./bench/letters").then((file) => file.letters) },
  {
    gives: ["campaign.figures"],
    load: () => import("./bench/campaign-figures").then((file) => file.campaignFigures),
  },
  {
    gives: ["campaign.recipients"],
    load: () => import("./bench/campaign-recipients").then((file) => file.campaignRecipients),
  },
  { gives: ["mail.send"], load: () => import("./bench/mailing").then((file) => file.mailSend) },
  { gives: ["reconcile.files"], load: () => import("./bench/reconcile-files").then((file) => file.reconcileFiles) },
  {
    gives: ["reconcile.1m"],
    load: () => import("./bench/reconcile-stored").then((file) => file.reconcileStored),
    takesLong: true,
  },
  { gives: ["signin.parallel"], load: () => import("./bench/sign-in").then((file) => file.parallelSignIns) },
  { gives: ["signin.links"], load: () => import("./bench/links").then((file) => file.linkEnumeration) },
  { gives: ["signin.enumeration"], load: () => import("./bench/sign-in").then((file) => file.enumeration) },
];

const wanted = options.only?.split(",");
const unknown = wanted?.filter((name) => !benches.some((bench) => bench.gives.includes(name)));
if (unknown?.length) throw new Error(`There is no bench ${unknown.join(", ")}`);

const say = (line: string) => process.stderr.write(`${line}\n`);
const figures: Record<string, Figure> = {};
for (const { gives, load, takesLong } of benches) {
  const asked = gives.filter((name) => (wanted ? wanted.includes(name) : !takesLong));
  if (asked.length === 0) continue;
  const bench = await load();
  const came = await bench({ database: options.database, quick: options.quick, say });
  for (const [name, value] of Object.entries(came)) {
    if (asked.some((one) => name === one || name.startsWith(`${one}.`))) figures[name] = value;
  }
}

for (const [name, { value, unit, aim, ok }] of Object.entries(figures)) {
  process.stdout.write(`${ok ? "✓" : "✗"} ${name.padEnd(20)} ${String(value).padStart(8)} ≤ ${aim} ${unit}\n`);
}
if (options.json) process.stdout.write(`${JSON.stringify(figures)}\n`);
