/** What one measurement came to. `value` is a ratio or a size, never a time of this machine. */
export interface Figure {
  value: number;
  unit: string;
  /** The most that is good enough. */
  aim: number;
  ok: boolean;
}

export interface BenchOptions {
  database: "sqlite" | "postgres";
  /** Small sizes, to see that everything runs. */
  quick: boolean;
  /** Tells the person waiting what is going on and prints details that are not figures. */
  say: (line: string) => void;
}

export type Bench = (options: BenchOptions) => Promise<Record<string, Figure>>;

export function figure(value: number, unit: string, aim: number): Figure {
  const rounded = Math.round(value * 1_000) / 1_000;
  return { value: rounded, unit, aim, ok: rounded <= aim };
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Milliseconds that `work` takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e6;
}

/**
 * Runs two pieces of work in turn, so that a noisy machine is equally unkind to both, and returns the ratio of their
 * medians.
 */
export async function interleaved(
  rounds: number,
  ours: () => Promise<unknown>,
  yardstick: () => Promise<unknown>,
): Promise<{ ratio: number; oursMs: number; yardstickMs: number }> {
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < Math.ceil(rounds / 10); round++) {
    await ours();
    await yardstick();
  }
  for (let round = 0; round < rounds; round++) {
    times[0].push(await timed(ours));
    times[1].push(await timed(yardstick));
  }
  const [oursMs, yardstickMs] = [median(times[0]), median(times[1])];
  return { ratio: oursMs / yardstickMs, oursMs, yardstickMs };
}
