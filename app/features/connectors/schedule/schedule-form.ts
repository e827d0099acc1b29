import { z } from "zod";
import {
  byHand,
  MOST_TIMES,
  type Rhythm,
  type RunSchedule,
  runSchedule,
} from "~/features/connectors/schedule/run-schedule";

/** The form in which people say when a connector runs: one set of fields, of which each rhythm needs some. */

export interface ScheduleFields {
  every: string;
  minute: string;
  times: string;
  time: string;
  days: string[];
  day: string;
  quietFrom: string;
  quietUntil: string;
}

const text = z.string().max(500).default("");

/** "7:30" and "7.30" are 07:30; null: no time of day. */
export function timeOf(typed: string): string | null {
  const found = /^(\d{1,2})[:.](\d\d)$/.exec(typed.trim());
  if (!found) return null;
  const [hour, minute] = [Number(found[1]), Number(found[2])];
  return hour < 24 && minute < 60 ? `${String(hour).padStart(2, "0")}:${found[2] ?? ""}` : null;
}

type Wrong = { field: keyof ScheduleFields; message: string };

const fields = z.object({
  every: text,
  minute: text,
  times: text,
  time: text,
  days: z.preprocess((value) => (value === undefined ? [] : [value].flat()), z.array(z.string().max(10)).max(20)),
  day: text,
  quietFrom: text,
  quietUntil: text,
});

const NO_TIME = "Enter a time of day such as 07:30.";

function timesIn(typed: string): string[] | Wrong {
  const words = typed.split(/[\s,;]+/).filter(Boolean);
  const times = words.flatMap((word) => timeOf(word) ?? []);
  const wrong = (message: string): Wrong => ({ field: "times", message });
  if (words.length === 0) return wrong("Enter the times of day, such as 08:00, 12:00, 17:30.");
  if (times.length < words.length) return wrong("Enter times of day such as 08:00, 12:00, 17:30, with commas between.");
  return times.length > MOST_TIMES ? wrong(`At most ${MOST_TIMES} times a day. For more choose “Every hour”.`) : times;
}

function rhythmOf(typed: ScheduleFields): Rhythm | Wrong {
  switch (typed.every) {
    case "manual":
      return { every: "manual" };
    case "hour":
      return /^\d{1,2}$/.test(typed.minute.trim()) && Number(typed.minute) < 60
        ? { every: "hour", minute: Number(typed.minute) }
        : { field: "minute", message: "Enter a minute of the hour, 0 to 59." };
    case "times": {
      const times = timesIn(typed.times);
      return "field" in times ? times : { every: "times", times };
    }
    default:
      return onDays(typed);
  }
}

function onDays({ every, time: typed, days, day }: ScheduleFields): Rhythm | Wrong {
  if (!["day", "weekdays", "week", "month"].includes(every)) return { field: "every", message: "Choose how often." };
  const time = timeOf(typed);
  if (time === null) return { field: "time", message: NO_TIME };
  if (every === "day" || every === "weekdays") return { every, time };
  if (every === "month") return monthly(day, time);
  return days.length === 0
    ? { field: "days", message: "Choose at least one day of the week." }
    : { every: "week", days: days.map(Number), time };
}

function monthly(day: string, time: string): Rhythm | Wrong {
  if (day === "last") return { every: "month", day, time };
  const isDay = /^\d{1,2}$/.test(day) && Number(day) >= 1 && Number(day) <= 31;
  return isDay ? { every: "month", day: Number(day), time } : { field: "day", message: "Choose a day of the month." };
}

function quietOf({ quietFrom, quietUntil }: ScheduleFields): RunSchedule["quiet"] | Wrong {
  if (quietFrom.trim() === "" && quietUntil.trim() === "") return null;
  const [from, until] = [timeOf(quietFrom), timeOf(quietUntil)];
  if (from === null)
    return { field: "quietFrom", message: "Enter when the quiet hours begin, such as 22:00, or leave both empty." };
  if (until === null)
    return { field: "quietUntil", message: "Enter when the quiet hours end, such as 06:00, or leave both empty." };
  return from === until
    ? { field: "quietUntil", message: "Quiet hours begin and end at different times." }
    : { from, until };
}

/** What was sent, as a schedule. */
export const scheduleForm = fields.transform((typed, context): RunSchedule => {
  const [rhythm, quiet] = [rhythmOf(typed), typed.every === "manual" ? null : quietOf(typed)];
  for (const part of [rhythm, quiet]) {
    if (part && "field" in part) context.addIssue({ code: "custom", path: [part.field], message: part.message });
  }
  const schedule = runSchedule.safeParse({ rhythm, quiet });
  // What no page of ours sends, e.g. a 40th of the month.
  if (!schedule.success && context.issues.length === 0) {
    context.addIssue({ code: "custom", path: ["every"], message: "Choose when it runs." });
  }
  return schedule.data ?? byHand;
});

/** As the form shows what is stored; what the rhythm does not say begins with something usual. */
export function typedOf({ rhythm, quiet }: RunSchedule): ScheduleFields {
  return {
    every: rhythm.every,
    minute: rhythm.every === "hour" ? String(rhythm.minute) : "0",
    times: rhythm.every === "times" ? rhythm.times.join(", ") : "",
    time: "time" in rhythm ? rhythm.time : "07:00",
    days: rhythm.every === "week" ? rhythm.days.map(String) : [],
    day: rhythm.every === "month" ? String(rhythm.day) : "1",
    quietFrom: quiet?.from ?? "",
    quietUntil: quiet?.until ?? "",
  };
}
