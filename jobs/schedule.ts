/** What recurs, in UTC. An entry that was missed in a downtime is caught up with once. */
import { type Schedule } from "~/platform/queue/schedule.server";

export const schedules: readonly Schedule[] = [
  { name: "sweep-hourly", pattern: "17 * * * *", task: "sweep", payload: {} },
];
