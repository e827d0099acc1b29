/**
 * One run of a tap: a private folder with its configuration, the process, and what it leaves: secrets that it replaced,
 * a complaint. The folder is gone afterwards, however it ended.
 */
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type Connection, GrantEnded, type Json, OutOfOrder, Trouble } from "~/features/connectors/connector";
import { type AllowedTap, type TapLimits } from "~/features/connectors/providers/singer/allowed-tap";
import {
  currentConfig,
  filledConfig,
  jsonIn,
  type TapConfig,
  valuesIn,
  writtenSecrets,
} from "~/features/connectors/providers/singer/tap-config";
import { makeTapFolder, removeTapFolder, sweepTapFolders } from "~/features/connectors/providers/singer/tap-folder";
import { startTap, type TapProcess } from "~/features/connectors/providers/singer/tap-process";
import { isObject } from "~/features/connectors/reading/answers";

export interface TapWorld {
  tap: AllowedTap;
  limits: TapLimits;
}

export type TapJob =
  | { kind: "discover" }
  | {
      kind: "read";
      catalog: Json;
      /** Null: from the beginning. */
      state: Json;
      /** Whether it got anywhere: then it is worth another try. */
      gotOn(): boolean;
    };

/** Its lines, until it has ended well. @throws Trouble */
export async function* runTap(connection: Connection, world: TapWorld, job: TapJob): AsyncGenerator<string> {
  const { tap, limits } = world;
  const filled = filledConfig(tap, connection);
  await sweepTapFolders();
  const folder = await makeTapFolder();
  try {
    const config = await writeConfig(folder, currentConfig(filled, connection));
    const options = await optionsOf(tap, folder, job);
    const process = startTap({ tap, limits, folder, signal: connection.signal, arguments: options });
    const watch = watchConfig(connection, filled, config);
    try {
      yield* process.lines();
      const code = await process.code();
      // What fails of it is tried once more, and told, at the end.
      await watch.look().catch(() => {});
      if (code !== 0) throw troubleOf(world, { process, secret: watch.secret(), gotOn: hasGotOn(job) });
    } finally {
      await process.end();
      await watch.end();
    }
  } finally {
    await removeTapFolder(folder);
  }
}

function hasGotOn(job: TapJob): boolean {
  return job.kind === "read" && job.gotOn();
}

interface ConfigFile {
  path: string;
  written: TapConfig;
}

async function writeConfig(folder: string, written: TapConfig): Promise<ConfigFile> {
  return { path: await writePrivate(folder, "config.json", written as Json), written };
}

async function writePrivate(folder: string, name: string, content: Json): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, JSON.stringify(content), { mode: 0o600, flag: "wx" });
  return path;
}

async function optionsOf(tap: AllowedTap, folder: string, job: TapJob): Promise<string[]> {
  const config = ["--config", join(folder, "config.json")];
  if (job.kind === "discover") return [...config, "--discover"];
  const catalog = [tap.catalogOption ?? "--catalog", await writePrivate(folder, "catalog.json", job.catalog)];
  const state = job.state === null ? [] : ["--state", await writePrivate(folder, "state.json", job.state)];
  return [...config, ...catalog, ...state];
}

const LOOK_MS = 1_000;

/** A tap may replace a token in its file at any moment, and the old one is good for nothing then. */
function watchConfig(connection: Connection, filled: TapConfig, { path, written }: ConfigFile) {
  let known: Json = written as Json;
  let seenAt = 0;
  /** Why the newest is not kept. */
  let failure: { error: unknown } | null = null;
  const secret = [...valuesIn(filled as Json), ...valuesIn(written as Json)];
  let looking = Promise.resolve();
  const look = () => {
    // What failed once is tried again.
    looking = looking.catch(() => {}).then(() => lookOnce().catch(remember));
    return looking;
  };
  const remember = (error: unknown) => {
    failure = { error };
    throw error;
  };

  async function lookOnce(): Promise<void> {
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: seenAt }));
    if (mtimeMs === seenAt) return;
    // Half a file is read again when it is whole.
    const found = jsonIn(await readFile(path, "utf8"));
    if (!isObject(found)) return;
    if (!isDeepStrictEqual(found, known)) {
      secret.push(...valuesIn(found));
      await connection.keep(writtenSecrets(filled, found));
    }
    [known, seenAt, failure] = [found, mtimeMs, null];
  }

  // What fails is told at the end.
  const timer = setInterval(() => void look().catch(() => {}), LOOK_MS);
  return {
    look,
    secret: () => secret,
    end: async () => {
      clearInterval(timer);
      await look();
      // The file may be gone by now, and with it what was to be kept.
      if (failure !== null) throw failure.error;
    },
  };
}

/** What taps say when what they were given is not taken any more. */
const refused =
  /\b401\b|unauthori[sz]ed|invalid_grant|invalid[ _-](?:credentials|token|api[ _-]?key|client)|(?:token|key|credentials?|session)\b.{0,40}\b(?:expired|revoked|invalid|not valid)|authentication failed/i;

interface Failing {
  process: TapProcess;
  secret: readonly string[];
  gotOn: boolean;
}

function troubleOf({ tap: { label } }: TapWorld, { process, secret, gotOn }: Failing): Trouble {
  const words = process.words.told(secret);
  const said = words === null ? "without saying why." : `and said: “${words}”`;
  // Judged by all its words: what is hidden of them may be what matters.
  if (words !== null && refused.test(process.words.told([]) ?? "")) {
    return new GrantEnded(
      `${label} does not accept what was entered: a key or password is wrong, or good no more. Enter a new one. The tap said: “${words}”`,
    );
  }
  if (gotOn) return new OutOfOrder(`The tap of ${label} ended in the middle ${said}`);
  return new Trouble(`The tap of ${label} ended ${said}`);
}
