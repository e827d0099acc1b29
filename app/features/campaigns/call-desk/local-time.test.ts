import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instantsOf, isGoodHour, readTime, readWhen } from "~/features/campaigns/call-desk/local-time";

const now = "2026-05-20T12:10:00.000Z";

describe("the time where somebody is", () => {
  test("is an instant, and in the hour that clocks skip there is none", () => {
    expect(instantsOf("Europe/Berlin", { date: "2026-05-21", time: "10:30" })).toEqual(["2026-05-21T08:30:00.000Z"]);
    expect(instantsOf("Europe/Berlin", { date: "2026-03-29", time: "02:30" })).toEqual([]);
    expect(instantsOf("Asia/Kathmandu", { date: "2026-05-21", time: "00:00" })).toEqual(["2026-05-20T18:15:00.000Z"]);
    // The Samoan Friday that never was.
    expect(instantsOf("Pacific/Apia", { date: "2011-12-30", time: "12:00" })).toEqual([]);
  });

  test("comes twice when clocks go back, and the first time is meant", () => {
    const both = ["2026-10-25T00:30:00.000Z", "2026-10-25T01:30:00.000Z"];
    expect(instantsOf("Europe/Berlin", { date: "2026-10-25", time: "02:30" })).toEqual(both);
    const typed = { day: "2026-10-25", time: "02:30" };
    expect(readWhen("Europe/Berlin", typed, now)).toEqual({ ok: true, at: both[0] });
    expect(readWhen("Europe/Berlin", typed, "2026-10-25T00:45:00.000Z")).toEqual({ ok: true, at: both[1] });
  });

  test("reads back as it was typed, wherever that is", () => {
    const zones = fc.constantFrom("Europe/London", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kolkata", "UTC");
    const minutes = fc.integer({ min: Date.UTC(2020, 0, 1) / 60_000, max: Date.UTC(2032, 0, 1) / 60_000 });
    fc.assert(
      fc.property(zones, minutes, (zone, minute) => {
        const instant = new Date(minute * 60_000);
        const shown = (type: Intl.DateTimeFormatOptions) =>
          new Intl.DateTimeFormat("sv-SE", { timeZone: zone, ...type }).format(instant);
        const typed = { date: shown({ dateStyle: "short" }), time: shown({ timeStyle: "short" }) };
        expect(instantsOf(zone, typed)).toContain(instant.toISOString());
      }),
    );
  });

  test("is read as people type it", () => {
    expect(["9:05", "09.05", "14h30", "2 pm", "12 am", "2:30 PM", "14:30:00"].map(readTime)).toEqual([
      ...["09:05", "09:05", "14:30", "14:00", "00:00", "14:30", "14:30"],
    ]);
    expect(["", "14", "25:00", "9:61", "13 pm", "noon"].map(readTime)).toEqual(Array(6).fill(null));
  });

  test("is refused where it has passed, is skipped, or is a slip of the pen", () => {
    const read = (day: string, time: string) => readWhen("Europe/Berlin", { day, time }, now);
    expect(read("2026-05-20", "14:10")).toMatchObject({ field: "time", reason: "past" });
    expect(read("2026-05-20", "14:11")).toEqual({ ok: true, at: "2026-05-20T12:11:00.000Z" });
    expect(read("2026-05-19", "16:00")).toMatchObject({ field: "day", reason: "past" });
    expect(read("2027-03-28", "02:15")).toMatchObject({ field: "time", reason: "skipped" });
    expect(read("2062-05-21", "10:00")).toMatchObject({ field: "day", reason: "too-far" });
    expect(read("21 May", "10:00")).toMatchObject({ field: "day", reason: "no-day" });
    expect(read("2026-05-21", "soon")).toMatchObject({ field: "time", reason: "no-time" });
  });

  test("is a good one for calling from eight to eight", () => {
    const at = (hour: string) => isGoodHour("Europe/London", `2026-05-20T${hour}:00.000Z`);
    expect(["06:59", "07:00", "18:59", "19:00"].map(at)).toEqual([false, true, true, false]);
  });
});
