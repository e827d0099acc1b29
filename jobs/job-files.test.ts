import { readdirSync, readFileSync } from "node:fs";
import { Cron } from "croner";
import { expect, test } from "vitest";
import { tasks } from "./catalogue";
import { jobFiles } from "./job-files";
import { schedules } from "./schedule";
import { type TaskCatalogue } from "~/platform/queue/tasks";

const notJobs = ["catalogue.ts", "job-files.ts", "schedule.ts", "worker.ts", "work-due.ts"];

test("every file in jobs/ is a task of the catalogue, under its name, and the other way about", () => {
  const files = readdirSync(import.meta.dirname).filter(
    (file) => !file.endsWith(".test.ts") && !notJobs.includes(file),
  );
  const names = Object.keys(tasks).sort();
  expect(files.map((file) => file.replace(/\.ts$/, "").replaceAll("-", "_")).sort()).toEqual(names);
  expect(Object.keys(jobFiles).sort()).toEqual(names);
});

/** A line or two for each task. */
const lists = ["catalogue.ts", "job-files.ts"];

test("job files are shallow", () => {
  const files = readdirSync(import.meta.dirname).filter((name) => !name.endsWith(".test.ts") && !lists.includes(name));
  for (const file of files) {
    const lines = readFileSync(`${import.meta.dirname}/${file}`, "utf8").split("\n").length;
    expect(lines, file).toBeLessThan(60);
  }
});

test("every entry of the schedule has a name of its own, a pattern that comes, and a payload its task accepts", () => {
  expect(new Set(schedules.map(({ name }) => name)).size).toBe(schedules.length);
  for (const { pattern, task, payload } of schedules) {
    expect(new Cron(pattern, { timezone: "UTC" }).nextRun()).toBeInstanceOf(Date);
    expect((tasks as TaskCatalogue)[task]?.safeParse(payload).success, task).toBe(true);
  }
});
