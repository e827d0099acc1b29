import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type SingerStandIn, startSinger } from "../../../../../sandbox/singer/singer";
import { GrantEnded, OutOfOrder, type Page, Trouble } from "~/features/connectors/connector";
import { type AllowedTap, usualLimits } from "~/features/connectors/providers/singer/allowed-tap";
import { singerTap } from "~/features/connectors/providers/singer/singer";
import { sweepTapFolders } from "~/features/connectors/providers/singer/tap-folder";
import { connectTo, isThere, readAll, readInPieces } from "~/testing/connect-to";

const fields = ["id", "given_name", "family_name", "email", "phones", "address", "company", "balance"];
const limits = { ...usualLimits, silenceMs: 1_500, graceMs: 300 };

let standIn: SingerStandIn;
beforeEach(() => {
  standIn = startSinger({ contacts: 120 });
});
afterEach(async () => {
  await standIn.close();
  expect(foldersLeft()).toEqual([]);
});

/** Of this process. */
const foldersLeft = () => readdirSync(tmpdir()).filter((name) => name.startsWith(`tallybook-tap-${process.pid}-`));

const providerOf = (more: Partial<AllowedTap> = {}) => singerTap({ ...standIn.entry, ...more }, limits);
const connected = (secrets: Record<string, string> = {}, settings: Record<string, string> = {}) =>
  connectTo({ bases: {}, secrets: { api_key: standIn.apiKey, ...secrets }, settings });
const asked = { streamId: "members", fields };
const reading = (trouble: string, provider = providerOf()) => readAll(provider, connected({}, { trouble }), asked);

function after(...kinds: string[]) {
  for (const kind of kinds) standIn.trouble.add(kind);
  standIn.publish();
}

/** How a reading ended, and what it had brought by then. */
async function endOf(trouble: string, provider = providerOf()) {
  const pages: Page[] = [];
  const how = { kind: "whole", start: null } as const;
  try {
    for await (const page of provider.read(connected({}, { trouble }), { ...asked, how, after: null }))
      pages.push(page);
  } catch (error) {
    return { error: error as Error, pages };
  }
  return { error: null, pages };
}

describe("what a tap has to offer", () => {
  test("is told by the tap itself: its lists, and what of each can be asked for", async () => {
    const streams = await providerOf().findStreams!(connected());
    expect(streams.map(({ id, changes, wholeTellsGone }) => [id, changes, wholeTellsGone])).toEqual([
      ["members", true, false],
      ["companies", false, true],
      ["main-suppliers", false, false],
    ]);
    expect(streams.map(({ likelyKind }) => likelyKind)).toEqual([undefined, "companies", "companies"]);
    const found = await providerOf().discover(connected(), "members");
    expect(found.find(({ id }) => id === "id")).toMatchObject({ always: true, usual: true });
    expect(found.find(({ id }) => id === "inner_note")).toMatchObject({
      label: "Inner note",
      group: "Other fields",
      usual: false,
    });
    expect(found.find(({ id }) => id === "address")?.columns.map(({ id, label }) => [id, label])).toContainEqual([
      "address.postcode",
      "Address: Postcode",
    ]);
  });

  test("is asked for once for all that one page wants to know", async () => {
    const counted = countedRuns();
    const [provider, connection] = [providerOf({ run: counted.run }), connected()];
    await provider.findStreams!(connection);
    await provider.discover(connection, "members");
    await provider.discover(connection, "companies");
    expect(counted.runs()).toBe(1);
  });
});

/** The same tap, each of whose starts is written down with its arguments and environment. */
function countedRuns() {
  const file = join(mkdtempSync(join(tmpdir(), "tallybook-test-")), "runs");
  const script = `echo "$@" >> ${file}; env >> ${file}.env; ls -ld "$HOME" >> ${file}.mode; ls -l "$HOME" >> ${file}.mode; exec "$0" "$@"`;
  const read = (name: string) => (existsSync(name) ? readFileSync(name, "utf8") : "");
  return {
    run: ["/bin/sh", "-c", script, ...standIn.entry.run],
    runs: () => read(file).split("\n").filter(Boolean).length,
    environment: () => read(`${file}.env`),
    modes: () => read(`${file}.mode`),
    arguments: () => read(file),
  };
}

describe("reading a stream of a tap", () => {
  test("brings each record once, as cells by property, with where to go on last", async () => {
    const { pages, records, changesFrom } = await readAll(providerOf(), connected(), asked);
    expect(records).toHaveLength(120);
    expect(new Set(records.map(({ id }) => id)).size).toBe(120);
    expect(pages.at(-1)).toMatchObject({ after: null });
    expect(changesFrom).toMatchObject({
      state: { bookmarks: { members: { updated_at: expect.any(String) as string } } },
    });
    const withHome = records.find((record) => isThere(record) && record.payload.address !== null);
    const cells = providerOf().cellsOf("members", withHome && isThere(withHome) ? withHome.payload : {});
    expect(cells.get("address.city")).toMatch(/\p{L}/u);
    const both = {
      phones: ["+44 20 7946 0123", "+44 7700 900123"],
      emails: [{ value: "a@b.example" }, { value: "c@d.example" }],
    };
    expect(Object.fromEntries(providerOf().cellsOf("members", both))).toMatchObject({
      phones: "+44 20 7946 0123 ::: +44 7700 900123",
      "emails.value": "a@b.example ::: c@d.example",
    });
  });

  test("asks for the chosen properties and no others, and gets the key in any case", async () => {
    const { records } = await readAll(providerOf(), connected(), { streamId: "members", fields: ["email"] });
    expect(records.every((record) => isThere(record) && Object.keys(record.payload).join() === "email")).toBe(true);
    expect(new Set(records.map(({ id }) => id)).size).toBe(120);
  });

  test("brings what has changed or gone since, and nothing where nothing has", async () => {
    const before = await readAll(providerOf(), connected(), asked);
    standIn.world.change(3, { family: "Adebayo-Carver" });
    standIn.world.remove(8);
    standIn.publish();
    const how = { kind: "changes", since: before.changesFrom ?? null } as const;
    const { records, changesFrom } = await readAll(providerOf(), connected(), { ...asked, how });
    expect(records).toContainEqual({ id: "8", gone: "deleted" });
    expect(records.find(({ id }) => id === "3")).toMatchObject({ payload: { family_name: "Adebayo-Carver" } });
    expect(records.length).toBeLessThan(5);
    const again = await readAll(providerOf(), connected(), {
      ...asked,
      how: { kind: "changes", since: changesFrom ?? null },
    });
    expect(again.changesFrom).toEqual(changesFrom);
  });

  test("goes on behind any page from the state that came before it: what came after it comes again, and nothing is missed", async () => {
    const small = singerTap(standIn.entry, { ...limits, mostRecords: 40 });
    const { pages, records } = await readInPieces(small, connected(), asked);
    expect(pages.length).toBeGreaterThan(2);
    expect(new Set(records.map(({ id }) => id)).size).toBe(120);
    const states = pages.flatMap(({ after }) => (after === null ? [] : [(after as { state: unknown }).state]));
    expect(states[0]).toMatchObject({ bookmarks: { members: { updated_at: expect.any(String) as string } } });
  });

  test("a whole table tells by itself what is gone, another when the tap says that it has sent all", async () => {
    const companies = await readAll(providerOf(), connected(), { streamId: "companies", fields: ["name"] });
    expect(companies.pages.at(-1)?.isAll).toBeUndefined();
    const suppliers = await readAll(providerOf(), connected(), { streamId: "main-suppliers", fields: ["name"] });
    expect(suppliers.records).toHaveLength(5);
    expect(suppliers.pages.at(-1)).toMatchObject({ after: null, isAll: true });
  });
});

describe("what taps do that they should not", () => {
  test.each(["garbage", "unknown", "mixed-case", "repeat-schema", "state-between", "no-schema"])(
    "%s is lived with",
    async (trouble) => {
      const { records, changesFrom } = await reading(trouble);
      expect(new Set(records.map(({ id }) => id)).size).toBe(120);
      expect(changesFrom).toBeDefined();
    },
  );

  test("no number is nothing, and one too exact for us stays as it was written", async () => {
    const valueOf = (trouble: string) =>
      reading(trouble).then(({ records }) => records.map((record) => isThere(record) && record.payload.balance));
    expect(new Set(await valueOf("nan"))).toEqual(new Set([null]));
    expect(new Set(await valueOf("precise"))).toEqual(new Set(["12345678901234567890.123456789"]));
    expect((await valueOf("")).slice(0, 2)).toEqual([1.25, 2.5]);
  });

  test.each([
    ["broken", OutOfOrder, /half a message/],
    ["huge", Trouble, /more than 16 MB/],
    ["batch", Trouble, /in files \(BATCH\)/],
    ["hang", OutOfOrder, /said nothing for a long time/],
    ["crash", OutOfOrder, /ended in the middle and said: “CRITICAL lost the line, key •••”/],
  ] as const)("%s ends a reading in words", async (trouble, type, words) => {
    const { error } = await endOf(trouble);
    expect(error).toBeInstanceOf(type);
    expect(error?.message).toMatch(words);
    expect(error?.message).not.toContain(standIn.apiKey);
  });

  test("a key that has run out asks for a new one, and is not told", async () => {
    after("expired");
    const { error } = await endOf("");
    expect(error).toBeInstanceOf(GrantEnded);
    expect(error?.message).toMatch(/Enter a new one\. The tap said: “CRITICAL 401 .* the token ••• has expired”\.$/);
  });

  test("what came before it broke off is kept, and taken up behind its last state", async () => {
    const { pages } = await endOf("crash");
    const [last] = pages.slice(-1);
    expect(pages.flatMap(({ records }) => records)).toHaveLength(60);
    expect(last?.after).toMatchObject({ breaks: 1, state: { currently_syncing: "members" } });
    const rest = await readAll(providerOf(), connected({}, { trouble: "crash" }), {
      ...asked,
      after: last?.after ?? null,
    });
    expect(rest.records.length).toBeLessThan(120);
    const all = [...pages.flatMap(({ records }) => records), ...rest.records];
    expect(new Set(all.map(({ id }) => id)).size).toBe(120);
  });

  test("one that breaks off each time is not tried for ever", async () => {
    let after: Page["after"] = null;
    const ends: string[] = [];
    for (let tries = 0; tries < 10 && ends.at(-1) !== "Trouble"; tries++) {
      const connection = connected({}, { trouble: "crash-always" });
      const how = { kind: "whole", start: null } as const;
      try {
        for await (const page of providerOf().read(connection, { ...asked, how, after })) after = page.after;
      } catch (error) {
        ends.push((error as Error).name);
      }
      // As if the same state came again and again.
      after = { ...(after as object), state: null };
    }
    expect(ends).toEqual([...Array<string>(5).fill("OutOfOrder"), "Trouble"]);
  });

  test("half a message is told in words also where the connection is only tried", async () => {
    const script = `case "$*" in *--discover*) exec "$0" "$@";; *) echo '{"type": "RECO';; esac`;
    const error = await providerOf({ run: ["/bin/sh", "-c", script, ...standIn.entry.run] })
      .test(connected())
      .catch((error: unknown) => error);
    expect(error).toBeInstanceOf(OutOfOrder);
    expect((error as Error).message).toMatch(/half a message/);
  });

  test("a program that is not there is told in words", async () => {
    const { error } = await endOf("", providerOf({ run: ["/opt/taps/none/bin/tap-none"] }));
    expect(error).toBeInstanceOf(Trouble);
    expect(error?.message).toMatch(/cannot be started/);
  });
});

describe("the process of a tap", () => {
  test("knows nothing of ours, and has its configuration in a folder that nobody else may look into", async () => {
    process.env.DATABASE_URL = "postgres://app:hunter2@db.internal/tallybook";
    try {
      const counted = countedRuns();
      await providerOf({ run: counted.run, environment: { TAP_REGION: "eu" } }).findStreams!(connected());
      const names = counted
        .environment()
        .split("\n")
        .map((line) => line.split("=")[0]);
      expect(names.filter((name) => !["PWD", "SHLVL", "_", "OLDPWD", ""].includes(name ?? "")).sort()).toEqual(
        ["HOME", "LANG", "PATH", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "TAP_REGION", "TMPDIR"].sort(),
      );
      expect(counted.modes()).toMatch(/^drwx------/);
      expect(counted.modes()).toMatch(/^-rw------- .* config\.json$/m);
      expect(counted.arguments()).not.toContain(standIn.apiKey);
    } finally {
      delete process.env.DATABASE_URL;
    }
  });

  test("ends, with all that it has started, when nobody wants it any more, whatever it thinks of that", async () => {
    const provider = singerTap(standIn.entry, { ...limits, silenceMs: 60_000 });
    after("hang");
    const connection = connected();
    setTimeout(() => connection.stop(), 700);
    await expect(readAll(provider, connection, asked)).rejects.toThrow("Stopped.");
    expect(runningTaps()).toEqual([]);
  });

  test("ends when its reader goes away in the middle", async () => {
    const how = { kind: "whole", start: null } as const;
    const connection = connected({}, { more: "2000000" });
    for await (const page of providerOf().read(connection, { ...asked, how, after: null })) {
      expect(page.records.length).toBeGreaterThan(0);
      break;
    }
    expect(runningTaps()).toEqual([]);
  });

  test("waits for whoever reads it: a million records ahead cost no memory", async () => {
    const more = [{ name: "api_key", secret: true }, { name: "more" }];
    const provider = providerOf({ settings: more });
    const how = { kind: "whole", start: null } as const;
    let [pages, most] = [0, 0];
    globalThis.gc?.();
    const before = process.memoryUsage().rss;
    for await (const _ of provider.read(connected({}, { more: "1000000" }), { ...asked, how, after: null })) {
      await wait(5);
      most = Math.max(most, process.memoryUsage().rss - before);
      if (++pages === 60) break;
    }
    expect(pages).toBe(60);
    expect(most).toBeLessThan(150_000_000);
  });

  test("what a killed process of ours left is swept, the tap that still runs with it", async () => {
    const folder = mkdtempSync(join(tmpdir(), "tallybook-tap-999999-1-"));
    writeFileSync(join(folder, "config.json"), JSON.stringify({ api_key: standIn.apiKey }));
    const left = spawn("/bin/sh", ["-c", "sleep 60 & wait"], {
      env: { HOME: folder, PATH: process.env.PATH },
      detached: true,
      stdio: "ignore",
    } as object);
    const ended = new Promise((resolve) => left.once("exit", (_code, signal) => resolve(signal)));
    await wait(200);
    const kept = mkdtempSync(join(tmpdir(), `tallybook-other-`));
    await sweepTapFolders();
    expect(existsSync(folder)).toBe(false);
    expect(statSync(kept).isDirectory()).toBe(true);
    expect(await ended).toBe("SIGKILL");
  });
});

/** Of the stand-in's program. */
function runningTaps(): string[] {
  const all = execFileSync("ps", ["-eo", "pid,args"], { encoding: "utf8" }).split("\n");
  const mark = standIn.entry.run.at(-1) ?? "";
  return all.filter((line) => line.includes(mark));
}

describe("a token that the tap replaces in its configuration", () => {
  test("is handed back at once, and taken the next time", async () => {
    after("rewrite");
    const first = connected();
    await readAll(providerOf(), first, asked);
    expect(first.kept.length).toBeGreaterThan(0);
    const second = connected(Object.assign({}, ...first.kept) as Record<string, string>);
    await readAll(providerOf(), second, asked);
    expect(second.kept.at(-1)).not.toEqual(first.kept.at(-1));
    await expect(readAll(providerOf(), connected(), asked)).rejects.toThrow(GrantEnded);
  });

  test("is kept after all where keeping it failed once", async () => {
    after("rewrite");
    const connection = connected();
    let failures = 1;
    const keep = (changed: Record<string, string>) =>
      failures-- > 0 ? Promise.reject(new Error("The database is away")) : connection.keep(changed);
    await readAll(providerOf(), { ...connection, keep }, asked);
    expect(connection.kept.at(-1)).toMatchObject({ $written: expect.stringMatching("token-") as string });
    const second = connected(Object.assign({}, ...connection.kept) as Record<string, string>);
    expect((await readAll(providerOf(), second, asked)).records).toHaveLength(120);
  });

  test("ends the reading where it cannot be kept at all", async () => {
    after("rewrite");
    const keep = () => Promise.reject(new Error("The database is away"));
    await expect(readAll(providerOf(), { ...connected(), keep }, asked)).rejects.toThrow("The database is away");
  });

  test("gives way to what a person fills in afterwards", async () => {
    const settings = [
      { name: "api_key", secret: true },
      { name: "refresh_token", secret: true },
    ];
    after("rewrite");
    const first = connected({ refresh_token: "token-1" });
    await readAll(providerOf({ settings }), first, asked);
    const kept = Object.assign({}, ...first.kept) as Record<string, string>;
    const stale = connected({ ...kept, refresh_token: "token-of-another" });
    await expect(readAll(providerOf({ settings }), stale, asked)).rejects.toThrow(/invalid_grant: ••• was used before/);
  });
});

describe("what people fill in", () => {
  const settings = [
    { name: "api_key", label: "API key", secret: true },
    { name: "page_size", kind: "number" as const, optional: true },
    { name: "regions", kind: "json" as const },
  ];
  const judge = (values: object, more: Partial<AllowedTap> = { settings }) =>
    providerOf(more).settings!.schema.safeParse(values);

  test("is judged by what its operator listed", () => {
    expect(judge({ api_key: "k", regions: '["eu"]' }).success).toBe(true);
    const wrong = judge({ page_size: "many", regions: "eu" });
    expect(wrong.error?.issues.map(({ message }) => message)).toEqual([
      "Enter “API key”.",
      "“page_size” has to be a number, like 12 or 0.5.",
      '“regions” has to be JSON, like ["a", "b"].',
    ]);
  });

  test("is one text of JSON where nobody listed anything, and works like the rest", async () => {
    const whole = { settings: undefined };
    expect(judge({ config: "api_key=k" }, whole).success).toBe(false);
    const config = JSON.stringify({ api_key: standIn.apiKey });
    expect(judge({ config }, whole).success).toBe(true);
    const { records } = await readAll(providerOf(whole), connectTo({ bases: {}, secrets: { config } }), asked);
    expect(records).toHaveLength(120);
  });

  test("is tried by reading one record", async () => {
    await providerOf().test(connected());
    await expect(providerOf().test(connected({ api_key: "wrong-key" }))).rejects.toThrow(GrantEnded);
    await expect(providerOf().test(connected({ api_key: "wrong-key" }))).rejects.not.toThrow(/wrong-key/);
  });
});

/** What taps in the world have said, where it is at hand. */
const examples = join(import.meta.dirname, "../../../../../../shared/specs/singer/examples");
const recorded = existsSync(examples) ? readdirSync(examples).filter((name) => name.endsWith(".jsonl")) : [];

describe.skipIf(recorded.length === 0)("recorded messages of real taps", () => {
  test.each(recorded)("%s is read to its end", async (name) => {
    const path = join(examples, name);
    const lines = readFileSync(path, "utf8").split("\n").filter(Boolean);
    const said = lines.map(
      (line) => JSON.parse(line) as { type: string; stream?: string; schema?: unknown; value?: unknown },
    );
    const streams = new Map(
      said.filter(({ type }) => type === "SCHEMA").map((each) => [each.stream ?? "", each.schema]),
    );
    const folder = mkdtempSync(join(tmpdir(), "tallybook-test-"));
    mkdirSync(folder, { recursive: true });
    const catalog = { streams: [...streams].map(([stream, schema]) => ({ tap_stream_id: stream, stream, schema })) };
    writeFileSync(join(folder, "catalog.json"), JSON.stringify(catalog));
    const script = `case "$*" in *--discover*) cat ${folder}/catalog.json;; *) cat ${path};; esac`;
    const tap = { id: "tap-recorded", label: "Recorded", run: ["/bin/sh", "-c", script, "tap"], settings: [] };
    for (const [streamId] of streams) {
      const provider = singerTap(tap, limits);
      const found = await provider.discover(connectTo({ bases: {} }), streamId);
      const reading = { streamId, fields: found.map(({ id }) => id) };
      const { records, changesFrom } = await readAll(provider, connectTo({ bases: {} }), reading);
      const wanted = said.filter(({ type, stream }) => type === "RECORD" && stream === streamId);
      expect(records).toHaveLength(wanted.length);
      const last = said.findLast(({ type }) => type === "STATE");
      expect(changesFrom).toEqual(last && { state: last.value });
    }
  });
});
