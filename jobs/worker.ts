import { type World } from "~/platform/world.server";

/** Runs background work until it is stopped. */
export async function startWorker(world: World): Promise<{ stop(): Promise<void> }> {
  world.log.info("Waiting for work");
  const idle = setInterval(() => undefined, 60_000);
  return {
    stop: async () => clearInterval(idle),
  };
}
