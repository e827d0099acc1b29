import { keepPlans, planAll, planNext, isTime } from "~/features/connectors/schedule/plan-next.server";
import { byHand } from "~/features/connectors/schedule/run-schedule";
import {
  findScheduled,
  listScheduled,
  saveSchedule,
  saveScheduleOfMany,
} from "~/features/connectors/schedule/save-schedule.server";
import { startDue } from "~/features/connectors/schedule/start-due.server";
import { notFound, type QueryTable, something } from "~/testing/walk/query-shape";

const daily = { rhythm: { every: "day", time: "07:30" }, quiet: null } as const;
const past = "2026-01-05T06:30:00.000Z";

export const scheduleQueries: QueryTable = {
  "features/connectors/schedule/plan-next": {
    // Of one that is not theirs nothing is planned.
    planNext: [(theirs, ours) => planNext(theirs, ours.sync.connectorId), something],
    isTime: [
      (theirs, ours) =>
        isTime(theirs, { id: ours.connectorId, state: "on", schedule: JSON.stringify(daily), next_run_at: past }),
      something,
    ],
    planAll: [(theirs) => planAll(theirs), something],
    keepPlans: [(theirs) => keepPlans(theirs), something],
  },
  "features/connectors/schedule/save-schedule": {
    findScheduled: [(theirs, ours) => findScheduled(theirs, ours.connectorId), null],
    listScheduled: [(theirs) => listScheduled(theirs), []],
    saveSchedule: [
      (theirs, ours) => saveSchedule(theirs, ours.connectorId, { schedule: byHand, version: 1 }),
      notFound,
    ],
    saveScheduleOfMany: [
      (theirs, ours) => saveScheduleOfMany(theirs, [ours.connectorId, ours.sync.connectorId], byHand),
      { saved: 0 },
    ],
  },
  "features/connectors/schedule/start-due": {
    startDue: [(theirs, ours) => startDue(theirs, ours.connectorId, ours.sync.system.doors), something],
  },
};
