import { describe, expect, test } from "vitest";
import { contactReader } from "~/features/contacts/subject/contact-subject-reader";
import { filePlace } from "~/features/contacts/subject/file-place";
import { labelInName } from "~/features/contacts/subject/label-in-name";
import { mapRow } from "~/features/pipeline/stages/map";

const home = { phoneCountry: "GB", locale: "en-GB" };
const dates = (...values: string[]) => filePlace([{ field: "birthday", values }], home).dateOrder;
const phonesAt = (phone: string[], country: string[] = []) =>
  filePlace(
    [
      { field: "phone", values: phone },
      { field: "country", values: country },
    ],
    home,
  ).phoneCountry;

describe("the order of a date", () => {
  test("is told by days after the 12th", () => {
    expect(dates("3/14/1958", "1/2/1960")).toEqual({
      value: "month-first",
      why: "1 of 2 dates can only be read so",
      unsure: false,
    });
    expect(dates("14.3.1958", "31.1.1960")).toMatchObject({ value: "day-first", unsure: false });
    expect(dates("1958-03-14", "1958-03-15")).toMatchObject({ value: "year-first", unsure: false });
    expect(dates("14 March 1958")).toBeNull();
  });

  test("is the country’s and said to be ambiguous where none is, and looked at where both are", () => {
    expect(dates("3/4/1958")).toMatchObject({ value: "day-first", unsure: true });
    expect(dates("14/3/1958", "3/14/1958", "15/3/1958")).toMatchObject({ value: "day-first", unsure: true });
  });

  test("decides how a row is read, and is turned round where that gives no date", () => {
    const born = (text: string, dateOrder?: "day-first" | "month-first") => {
      const row = mapRow(["Ann", text], { columns: ["Name", "Born"], fields: ["name", "birthday"] });
      return contactReader({ phoneCountry: "GB", dateOrder }).normalise(row).data.birthday;
    };
    expect(born("3/4/1958")).toBe("1958-04-03");
    expect(born("3/4/1958", "month-first")).toBe("1958-03-04");
    expect(born("3.4.1958", "month-first")).toBe("1958-03-04");
    expect(born("14/3/1958", "month-first")).toBe("1958-03-14");
  });
});

describe("the country of phone numbers", () => {
  const german = ["030 23125801", "0221 4710815", "089 12345678"];

  test("is where the addresses are, else where numbers with a code are, if the others can be of there", () => {
    expect(phonesAt(german, ["Germany", "DE", "Deutschland", "France"])).toEqual({
      value: "DE",
      why: "Germany: 3 of 4 addresses are there",
      unsure: false,
    });
    expect(phonesAt([...german, "+49 30 23125802", "+49 30 23125803", "0049 30 23125804"])).toMatchObject({
      value: "DE",
      why: "Germany: 3 of 3 numbers with a country code are from there",
    });
  });

  test("stays the account’s where nothing speaks against it, and is not asked where every number has its code", () => {
    expect(phonesAt(["020 7946 0182", "+49 30 23125802"])).toBeNull();
    expect(phonesAt(["+49 30 23125802"], ["DE", "DE", "DE"])).toBeNull();
    expect(phonesAt(["020 7946 0182", "020 7946 0183"], ["DE", "DE", "DE"])?.value).not.toBe("FR");
  });
});

test("a column’s name says what its emails or phones are called", () => {
  expect(labelInName("Summer house phone", "phone")).toBe("Summer house");
  expect(labelInName("Phone (Office)", "phone")).toBe("work");
  expect(labelInName("Telefon Sekretariat", "phone")).toBe("Sekretariat");
  expect(labelInName("Billing e-mail", "email")).toBe("Billing");
  for (const plain of ["Phone", "Phone 2", "Primary phone number", "E-mail 1 - Value", "Contact email", "Sister"])
    expect(labelInName(plain, plain.includes("hone") ? "phone" : "email"), plain).toBeNull();
});
