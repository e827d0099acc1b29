import { tasks } from "./catalogue";
import { jobFiles } from "./job-files";
import { schedules } from "./schedule";
import { workDue, type Worked } from "~/platform/queue/work-due.server";
import { type World } from "~/platform/world.server";

/** Works off what is due, within less than a minute, for hosts without a worker. Null: this process is at it already. */
export function workDueJobs(world: World): Promise<Worked | null> {
  return workDue(world, { catalogue: tasks, jobs: jobFiles, schedules });
}
