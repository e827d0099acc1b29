/** A tap as a process of its own: its lines one by one as they are wanted, and its end, with all that it has started. */
import { spawn } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { OutOfOrder, Trouble } from "~/features/connectors/connector";
import { type AllowedTap, type TapLimits } from "~/features/connectors/providers/singer/allowed-tap";
import { lastWords, type LastWords } from "~/features/connectors/providers/singer/last-words";
import { splitLines } from "~/features/connectors/providers/singer/tap-lines";

export interface TapStart {
  tap: AllowedTap;
  limits: TapLimits;
  folder: string;
  arguments: readonly string[];
  signal: AbortSignal;
}

export interface TapProcess {
  /** Read no faster than they are taken: a tap that is ahead waits. @throws Trouble, or why it was stopped */
  lines(): AsyncGenerator<string>;
  /** Once it has ended; null: it was ended by a signal. */
  code(): Promise<number | null>;
  words: LastWords;
  /** Ends it and all that it has started, whatever it thinks of that. */
  end(): Promise<void>;
}

export function startTap({ tap, limits, folder, arguments: more, signal }: TapStart): TapProcess {
  const child = spawnTap(tap, folder, more);
  const words = lastWords(child.stderr);
  const ended = endOf(child, tap);
  // Told by whoever asks how it ended.
  ended.catch(() => {});
  const group = groupOf(child);
  let stopped: unknown = null;
  const stop = (why: unknown) => {
    stopped ??= why;
    group.signal("SIGTERM");
    setTimeout(() => group.signal("SIGKILL"), limits.graceMs).unref();
    child.stdout.destroy();
  };
  const onAbort = () => stop(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  if (signal.aborted) onAbort();
  const silent = () => stop(new OutOfOrder(`${tap.label} said nothing for a long time and was stopped.`));

  async function* lines(): AsyncGenerator<string> {
    const split = splitLines(tap.label, limits.mostLineBytes);
    const pieces = child.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    for (;;) {
      const { done, value } = await whileWatched(pieces, words, { ms: limits.silenceMs, silent }).catch(
        (error: unknown) => {
          throw stopped ?? error;
        },
      );
      if (stopped !== null) throw stopped;
      if (done) break;
      yield* split.add(value);
    }
    const rest = split.rest();
    if (rest !== "") yield rest;
  }

  return {
    lines,
    code: async () => {
      // It has said all it will, and may still not come to an end.
      const timer = setTimeout(silent, limits.silenceMs);
      const code = await ended.finally(() => clearTimeout(timer));
      if (stopped !== null) throw stopped;
      return code;
    },
    words,
    end: async () => {
      signal.removeEventListener("abort", onAbort);
      child.stdout.destroy();
      await endGroup(group, limits.graceMs);
    },
  };
}

function spawnTap(tap: AllowedTap, folder: string, more: readonly string[]) {
  const [program = "", ...first] = tap.run;
  return spawn(program, [...first, ...more], {
    cwd: tap.folder ?? folder,
    env: environmentOf(tap, folder) as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, so that what it starts ends with it.
    detached: true,
  });
}

type Child = ReturnType<typeof spawnTap>;

const LAST_WORDS_MS = 1_000;

/** Its last words are waited for, but not for ever: what it started may go on holding the line. */
async function endOf(child: Child, tap: AllowedTap): Promise<number | null> {
  const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("exit", resolve);
    child.once("error", (error) => reject(cannotStart(tap, error)));
  });
  await Promise.race([closed, wait(LAST_WORDS_MS, undefined, { ref: false })]);
  return code;
}

/** Nothing of ours: neither addresses nor keys of this installation are any of its business. */
function environmentOf({ environment = {} }: AllowedTap, folder: string): Record<string, string> {
  return {
    PATH: process.env.PATH ?? "/usr/local/bin:/usr/bin:/bin",
    ...{ LANG: "C.UTF-8", PYTHONUNBUFFERED: "1", PYTHONDONTWRITEBYTECODE: "1" },
    ...environment,
    ...{ HOME: folder, TMPDIR: folder },
  };
}

function cannotStart({ label }: AllowedTap, cause: Error): Trouble {
  const words = `The program of ${label} cannot be started on this machine. Tell whoever runs Tallybook.`;
  return Object.assign(new Trouble(words), { cause });
}

/** The next piece; called off when neither it nor a word on the side comes in time. Nobody counts while nobody asks. */
async function whileWatched(
  pieces: AsyncIterator<Buffer>,
  words: LastWords,
  { ms, silent }: { ms: number; silent: () => void },
) {
  const timer = setTimeout(silent, ms);
  words.onSaid = () => void timer.refresh();
  try {
    return await pieces.next();
  } finally {
    clearTimeout(timer);
    words.onSaid = null;
  }
}

interface Group {
  /** False: nobody is left in it. */
  signal(signal: NodeJS.Signals | 0): boolean;
}

function groupOf({ pid }: Child): Group {
  return {
    signal: (signal) => {
      if (pid === undefined) return false;
      try {
        return process.kill(-pid, signal);
      } catch (error) {
        if (["ESRCH", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) return false;
        throw error;
      }
    },
  };
}

const LOOK_AGAIN_MS = 20;

async function endGroup(group: Group, graceMs: number): Promise<void> {
  if (!group.signal("SIGTERM")) return;
  for (let waited = 0; waited < graceMs; waited += LOOK_AGAIN_MS) {
    await wait(LOOK_AGAIN_MS);
    if (!group.signal(0)) return;
  }
  group.signal("SIGKILL");
}
