/** How much memory something takes at the most: in a process of its own, so that nothing else has raised its peak. */
import { fork } from "node:child_process";

const MB = 1_024 * 1_024;

export interface Peak {
  idleMb: number;
  peakMb: number;
}

/** What a process that is told these words says it came to. */
export function peakOfChild(file: URL, told: readonly string[]): Promise<Peak> {
  return answerOfChild<Peak>(file, told);
}

export function answerOfChild<Answer>(file: URL, told: readonly string[]): Promise<Answer> {
  const child = fork(file, told);
  return new Promise<Answer>((resolve, reject) => {
    child.once("message", (message) => resolve(message as Answer));
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`The process that is measured ended with code ${code}`)));
  });
}

/** In that process: the resident memory of all of it, looked at ten times a second. */
export async function watchPeak(work: () => Promise<void>): Promise<Peak> {
  const resident = () => process.memoryUsage.rss() / MB;
  const idleMb = resident();
  let peakMb = idleMb;
  const timer = setInterval(() => (peakMb = Math.max(peakMb, resident())), 100);
  await work();
  clearInterval(timer);
  return { idleMb, peakMb };
}
