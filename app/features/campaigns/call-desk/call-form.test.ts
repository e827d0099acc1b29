import { describe, expect, test } from "vitest";
import { callForm } from "~/features/campaigns/call-desk/call-form";
import { newId } from "~/platform/ids.server";

const numbers = ["+442079460311", "+442079460312"];
const place = { currency: "GBP", locale: "en-GB", now: "2026-05-20T12:10:00.000Z", zone: "Europe/Berlin", numbers };

function read(typed: Record<string, string>) {
  const parsed = callForm(place).safeParse(typed);
  if (parsed.success) return parsed.data;
  return Object.fromEntries(parsed.error.issues.map(({ path, message }) => [path.join("."), message]));
}

describe("what a caller says of a call", () => {
  test("is asked for in words", () => {
    expect(read({})).toEqual({ outcome: "Choose how the call went." });
    expect(read({ outcome: "sold" })).toEqual({ outcome: "Choose how the call went." });
    expect(read({ outcome: "no-answer", note: "x".repeat(2_001) })).toEqual({
      note: "The note is too long: at most 2,000 characters.",
    });
  });

  test("is only what belongs to its outcome", () => {
    const all = { value: "nothing", day: "never", time: "soon", number: "12", note: " It rang. \r\n" };
    expect(read({ ...all, outcome: "no-answer" })).toEqual({
      ...{ outcome: "no-answer", note: "It rang.", after: null, then: "next" },
      ...{ valueMinor: null, callBackAt: null, wrongNumber: null },
    });
    const after = newId();
    expect(read({ outcome: "converted", value: "1,450", after, then: "stop" })).toMatchObject({
      ...{ valueMinor: 145_000n, after, then: "stop" },
    });
    expect(read({ ...all, outcome: "converted" })).toEqual({
      value: "This is no amount. Write it like 310 or 310.50.",
    });
  });

  test("is a time by the clock of whoever is called", () => {
    const callBack = (day: string, time: string, zone = "Europe/Berlin") =>
      read({ outcome: "call-back", day, time, zone });
    expect(callBack("2026-05-21", "10:00")).toMatchObject({ callBackAt: "2026-05-21T08:00:00.000Z" });
    expect(callBack("2026-05-21", "10:00", "Asia/Tokyo")).toMatchObject({ callBackAt: "2026-05-21T01:00:00.000Z" });
    expect(callBack("2026-05-21", "10:00", "Nowhere")).toMatchObject({ callBackAt: "2026-05-21T08:00:00.000Z" });
    expect(callBack("2026-05-20", "14:00")).toEqual({
      time: "That has passed: in Berlin (Europe) it is 20 May 2026, 14:10.",
    });
    expect(callBack("2027-03-28", "02:30")).toEqual({
      time: "There is no such time on that day: the clocks in Berlin (Europe) go forward then.",
    });
    expect(callBack("", "")).toEqual({ day: "Say on which day. Write it like 2026-12-01." });
  });

  test("is a wrong number of theirs, and no other", () => {
    const wrong = (number: string) => read({ outcome: "wrong-number", number });
    expect(wrong("+442079460312")).toMatchObject({ wrongNumber: "+442079460312" });
    expect(wrong("+442079460399")).toEqual({ number: "Choose which number is wrong." });
  });
});
