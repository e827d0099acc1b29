/** One process that looks after others: starts them, starts them again when they die, and stops them with itself. */
import { type ChildProcess, spawn } from "node:child_process";
import { RESTART_EXIT_CODE } from "~/platform/process/drain.server";
import { type Log } from "~/platform/log.server";

export interface ChildSpec {
  /** As in the log: `web`, `worker`. */
  name: string;
  /** What follows `node` on the command line. */
  arguments: string[];
}

export interface SupervisorTimes {
  firstPauseMs: number;
  longestPauseMs: number;
  /** A child that ran this long was well: the next pause is the first again. */
  wellMs: number;
  /** After this long a child that was asked to stop is killed. */
  killMs: number;
}

const usualTimes: SupervisorTimes = { firstPauseMs: 500, longestPauseMs: 30_000, wellMs: 60_000, killMs: 55_000 };

export interface Supervisor {
  /** Asks every child to stop, and resolves when all have. */
  stop(): Promise<void>;
}

/** Children share our output, and an IPC channel by whose end they notice that we are gone. */
export function supervise(log: Log, specs: ChildSpec[], times: SupervisorTimes = usualTimes): Supervisor {
  const stops = specs.map((spec) => keepRunning(log, spec, times));
  return {
    stop: async () => {
      await Promise.all(stops.map((stop) => stop()));
    },
  };
}

function keepRunning(log: Log, spec: ChildSpec, times: SupervisorTimes): () => Promise<void> {
  let child: ChildProcess | null = null;
  let pauseMs = times.firstPauseMs;
  let pause: NodeJS.Timeout | undefined;
  let stopped: (() => void) | null = null;

  const start = () => {
    const startedAt = performance.now();
    child = spawn(process.execPath, spec.arguments, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    child.once("error", (error) => log.error({ error, process: spec.name }, "A process could not be started"));
    child.once("exit", (exitCode, signal) => {
      child = null;
      if (stopped) return stopped();
      const wanted = exitCode === RESTART_EXIT_CODE;
      if (wanted || performance.now() - startedAt > times.wellMs) pauseMs = times.firstPauseMs;
      if (!wanted)
        log.error({ process: spec.name, exitCode, signal }, "A process ended by itself and is started again");
      pause = setTimeout(start, wanted ? 0 : pauseMs);
      pauseMs = Math.min(pauseMs * 2, times.longestPauseMs);
    });
  };
  start();

  return () =>
    new Promise<void>((resolve) => {
      clearTimeout(pause);
      if (!child) return resolve();
      const running = child;
      const kill = setTimeout(() => running.kill("SIGKILL"), times.killMs);
      stopped = () => {
        clearTimeout(kill);
        resolve();
      };
      running.kill("SIGTERM");
    });
}
