/** Task → the job that does it. Written out, so that it works alike from TypeScript and from the bundle. */
import { type tasks } from "./catalogue";
import runImport from "./run-import";
import sweep from "./sweep";
import { type Job, type TaskPayloads } from "~/platform/queue/tasks";

export const jobFiles = {
  run_import: runImport,
  sweep,
} satisfies { [Name in keyof typeof tasks]: Job<TaskPayloads[Name]> };
