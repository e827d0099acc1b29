/** Removes what has had its time. Each feature knows what of its own that is. */
import { tidyQueue } from "~/platform/queue/queue-health.server";
import { type JobContext } from "~/platform/queue/tasks";

export default async function sweep(_payload: unknown, context: JobContext): Promise<void> {
  await tidyQueue(context);
}
