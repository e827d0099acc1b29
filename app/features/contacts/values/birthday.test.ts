import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ageOn,
  birthdayFact,
  birthdayText,
  birthdayToType,
  diedFact,
  readBirthday,
  readDiedOn,
} from "~/features/contacts/values/birthday";
import { addDays } from "~/platform/time";

const britain = { country: "GB", locale: "en-GB", today: "2026-11-21" };
const america = { country: "US", locale: "en-US", today: "2026-11-21" };

describe("a birthday", () => {
  test.each([
    ["14 March 1958", "1958-03-14"],
    ["14th of March, 1958", "1958-03-14"],
    ["14.3.1958", "1958-03-14"],
    ["14. März 1958", "1958-03-14"],
    ["14 de marzo de 1958", "1958-03-14"],
    ["14 mars 1958", "1958-03-14"],
    ["1er janvier 1960", "1960-01-01"],
    ["Mar 14, 1958", "1958-03-14"],
    ["1958-03-14", "1958-03-14"],
    ["1958/3/14", "1958-03-14"],
    ["19580314", "1958-03-14"],
    ["14.03.", "--03-14"],
    ["14.03", "--03-14"],
    ["March 14", "--03-14"],
    ["14 sept", "--09-14"],
    ["--0314", "--03-14"],
    ["--03-14", "--03-14"],
    ["29.02.", "--02-29"],
    ["29.02.1960", "1960-02-29"],
    ["1604-02-29", "--02-29"],
    ["3/4/1958", "1958-04-03"],
    ["12/25/1958", "1958-12-25"],
    ["21 November 2026", "2026-11-21"],
  ])("typed as %s is read as %s", (text, value) => {
    expect(readBirthday(text, britain)).toEqual({ ok: true, value });
  });

  test.each([
    ["3/4/1958", "1958-03-04"],
    ["25/12/1958", "1958-12-25"],
    ["3/4", "--03-04"],
    ["3.4.1958", "1958-04-03"],
  ])("typed as %s is read in America as %s", (text, value) => {
    expect(readBirthday(text, america)).toEqual({ ok: true, value });
  });

  test.each([
    ["29.02.1957", "There was no 29 February in 1957: it was no leap year."],
    ["31 February", "There is no 31 February: February ends with the 29th."],
    ["31.4.1958", "There is no 31 April: April ends with the 30th."],
    ["14.13.1958", "There is no such month. Write it like 14 March 1958."],
    ["14.3.58", "Write the year with four figures, like 1958."],
    ["14 March 58", "Write the year with four figures, like 1958."],
    ["22 November 2026", "This birthday is still to come. Check the year."],
    ["1.1.1849", "Nobody is as old as that: birthdays from 1850 on are kept."],
    ["in spring", "This is no date that can be read. Write it like 14 March 1958."],
    ["March 1958", "This is no date that can be read. Write it like 14 March 1958."],
    ["0.3.1958", "This is no date that can be read. Write it like 14 March 1958."],
  ])("typed as %s is refused in words", (text, reason) => {
    expect(readBirthday(text, britain)).toEqual({ ok: false, reason });
  });

  test.each([
    ["1958-03-14", "en-GB", "14 March 1958"],
    ["--03-14", "en-GB", "14 March"],
    ["--02-29", "de-DE", "29. Februar"],
    ["1958-04-03", "en-US", "April 3, 1958"],
  ])("%s is shown in %s as %s", (birthday, locale, text) => {
    expect(birthdayText(birthday, locale)).toBe(text);
  });

  test("is shown with the age they have, or the age they reached", () => {
    const alive = { birthday: "1958-03-14", diedOn: null };
    expect(birthdayFact(alive, britain)).toBe("14 March 1958 (68)");
    expect(birthdayFact({ ...alive, birthday: "--03-14" }, britain)).toBe("14 March");
    const dead = { ...alive, diedOn: "2026-03-13" };
    expect(birthdayFact(dead, britain)).toBe("14 March 1958");
    expect(diedFact(dead, "en-GB")).toBe("13 March 2026, aged 67");
    expect(ageOn("1960-02-29", "2026-02-28")).toBe(65);
  });

  test("reads back as it was written, in whatever language the form is", () => {
    const day = fc.integer({ min: 0, max: 60_000 }).map((days) => addDays("1851-01-01", days));
    const place = fc.constantFrom(
      ...["en-GB", "en-US", "de-DE", "fr-FR", "es-ES", "it-IT", "nl-NL", "pt-BR", "pl-PL", "sv-SE", "ja-JP", "ar-EG"],
    );
    fc.assert(
      fc.property(day, fc.boolean(), place, fc.constantFrom("US", "GB", "DE"), (date, withYear, locale, country) => {
        const birthday = withYear ? date : `-${date.slice(4)}`;
        const typed = birthdayToType(birthday, { locale, country });
        const reading = readBirthday(typed, { locale, country, today: "2100-01-01" });
        expect(reading).toEqual({ ok: true, value: birthday });
      }),
    );
  });

  test("is read or refused, whatever is typed", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9 ./-]{1,12}$/)), (text) => {
        const reading = readBirthday(text, britain);
        if (reading.ok) expect(reading.value).toMatch(/^(\d{4}|-)-\d\d-\d\d$/);
        else expect(reading.reason).not.toBe("");
      }),
    );
  });
});

describe("a day of death", () => {
  test.each([
    ["11 February 2026", { ok: true, value: "2026-02-11" }],
    ["11.2.", { ok: false, reason: "Give the year, too, like 11 February 2026." }],
    ["22.11.2026", { ok: false, reason: "This day is still to come. Check the date." }],
    ["13.3.1958", { ok: false, reason: "This is before the birthday. Check both dates." }],
    ["14.3.1958", { ok: true, value: "1958-03-14" }],
  ])("typed as %s", (text, reading) => {
    expect(readDiedOn(text, { ...britain, birthday: "1958-03-14" })).toEqual(reading);
  });

  test("has nothing to be before where the year of birth is not known", () => {
    expect(readDiedOn("1.1.2026", { ...britain, birthday: "--03-14" })).toEqual({ ok: true, value: "2026-01-01" });
  });
});
