import { type Rhythm, type RunSchedule } from "~/features/connectors/schedule/run-schedule";

export const dayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

/** "Every weekday at 07:30", "Every hour, at 15 minutes past, but not from 22:00 to 06:00". */
export function scheduleWords({ rhythm, quiet }: RunSchedule): string {
  const words = rhythmWords(rhythm);
  if (quiet === null || rhythm.every === "manual") return words;
  return `${words}, but not from ${quiet.from} to ${quiet.until}`;
}

function rhythmWords(rhythm: Rhythm): string {
  switch (rhythm.every) {
    case "manual":
      return "Only when somebody starts it";
    case "hour":
      return rhythm.minute === 0 ? "Every hour, on the hour" : `Every hour, ${minutesPast(rhythm.minute)}`;
    case "times":
      return `Every day at ${list(rhythm.times)}`;
    case "day":
      return `Every day at ${rhythm.time}`;
    case "weekdays":
      return `Every weekday at ${rhythm.time}`;
    case "week":
      return `Every ${list(rhythm.days.map((day) => dayNames[day - 1] ?? ""))} at ${rhythm.time}`;
    case "month":
      return `On ${dayOfMonth(rhythm.day)} of each month at ${rhythm.time}`;
  }
}

function minutesPast(minute: number): string {
  return minute === 1 ? "at a minute past" : `at ${minute} minutes past`;
}

function dayOfMonth(day: number | "last"): string {
  if (day === "last") return "the last day";
  return day > 28 ? `the ${ordinal(day)} (or the last day)` : `the ${ordinal(day)}`;
}

function ordinal(day: number): string {
  const isTeen = day > 10 && day < 14;
  const ending = isTeen ? "th" : ({ 1: "st", 2: "nd", 3: "rd" }[day % 10] ?? "th");
  return `${day}${ending}`;
}

/** "08:00, 12:00 and 17:30". */
function list(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
}
