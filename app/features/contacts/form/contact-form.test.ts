import { parseWithZod } from "@conform-to/zod/v4";
import { describe, expect, test } from "vitest";
import { contactForm } from "~/features/contacts/form/contact-form";
import { formDefaults } from "~/features/contacts/form/contact-form-defaults";
import { type ContactValues, nothingKnown } from "~/features/contacts/contact";
import { editForm, originalText } from "~/features/contacts/form/edit-form";
import { sampleContacts } from "~/testing/sample/sample-contacts";

const account = { phoneCountry: "GB", locale: "en-GB", today: "2026-11-21" };
const schema = contactForm(account);

function sent(fields: Record<string, string>) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ kind: "individual", ...fields })) form.append(name, value);
  return parseWithZod(form, { schema });
}
function valuesOf(fields: Record<string, string>) {
  const submission = sent(fields);
  if (submission.status !== "success") throw new Error(JSON.stringify(submission.error));
  return submission.value;
}
function errorsOf(fields: Record<string, string>) {
  const submission = sent(fields);
  return submission.status === "error" ? (submission.error ?? {}) : {};
}

describe("a contact's form", () => {
  test("reads a phone number as the account's country writes it, and stores it as E.164", () => {
    expect(valuesOf({ "phones[0].value": "020 7946 0182", "phones[0].label": " mobile " }).phones).toEqual([
      { value: "+442079460182", label: "mobile" },
    ]);
  });

  test("refuses a phone number of letters, and says so at its field", () => {
    expect(errorsOf({ familyName: "Adebayo", "phones[1].value": "CALL-ME-NOW-007" })).toHaveProperty(
      ["phones[1].value", "0"],
      expect.stringContaining("letters"),
    );
  });

  test.each(["ann@okafor@mail.example", "ann okafor@mail.example", `${"a".repeat(250)}@mail.example`, "@mail.example"])(
    "refuses %s as an email",
    (email) => {
      expect(Object.keys(errorsOf({ familyName: "Okafor", "emails[0].value": email }))).toEqual(["emails[0].value"]);
    },
  );

  test("keeps the letters of an email before the @ as they were typed", () => {
    expect(valuesOf({ "emails[0].value": "Ann.Okafor@Mail.example" }).emails[0]?.value).toBe("Ann.Okafor@Mail.example");
  });

  test("leaves out blank rows and repeats, and keeps the order", () => {
    const { emails } = valuesOf({
      "emails[0].value": "b@mail.example",
      "emails[1].value": "",
      "emails[2].value": "a@mail.example",
      "emails[3].value": "B@mail.example",
    });
    expect(emails.map((email) => email.value)).toEqual(["b@mail.example", "a@mail.example"]);
  });

  test("asks for something to know a contact by", () => {
    expect(errorsOf({ jobTitle: "Owner", notes: "?" })).toHaveProperty("givenName");
    expect(errorsOf({ familyName: " \u0000 " })).toHaveProperty("givenName");
    expect(valuesOf({ company: "Brandt Holzbau GmbH", kind: "business" }).company).toBe("Brandt Holzbau GmbH");
  });

  test("keeps names of every script, and takes out what cannot be stored", () => {
    expect(valuesOf({ givenName: "太郎", familyName: "山田\u0000\uD800" })).toMatchObject({
      givenName: "太郎",
      familyName: "山田\uFFFD",
    });
    expect(valuesOf({ typedName: "محمد بن علي" }).typedName).toBe("محمد بن علي");
  });

  test("does not keep a name twice", () => {
    expect(valuesOf({ givenName: "Ann", familyName: "Okafor", typedName: "Ann  Okafor" }).typedName).toBeNull();
    expect(valuesOf({ givenName: "Ann", familyName: "Okafor", typedName: "Dr Ann Okafor" }).typedName).toBe(
      "Dr Ann Okafor",
    );
  });

  test("refuses what is too long and a kind that is none", () => {
    expect(errorsOf({ familyName: "A".repeat(201) })).toHaveProperty("familyName");
    expect(errorsOf({ familyName: "Okafor", kind: "robot" })).toHaveProperty("kind");
    expect(errorsOf({ familyName: "Okafor", tags: "x".repeat(61) })).toHaveProperty("tags");
  });

  test("refuses a company that has only a person's name, and says where the company's name goes", () => {
    expect(errorsOf({ kind: "business", givenName: "Ann", familyName: "Okafor" })).toHaveProperty(
      ["company", "0"],
      expect.stringContaining("Give the company's name"),
    );
    expect(valuesOf({ kind: "business", familyName: "Okafor", company: "Okafor & Lindqvist" }).kind).toBe("business");
  });

  test("says what is missing of an email", () => {
    expect(errorsOf({ familyName: "Okafor", "emails[0].value": "zoe@" })).toHaveProperty(
      ["emails[0].value", "0"],
      "There is nothing after the @.",
    );
  });

  test("shows phones and countries as people write them, and stores them as they were when they are not touched", () => {
    const phones = ["+442079460182", "4711", "+442079460182 ext. 12"].map((value) => ({ value, label: null }));
    const address = {
      label: null,
      street: "Hauptstraße 5\nHinterhaus",
      city: "Köln",
      region: null,
      postalCode: "50667",
    };
    const original = {
      ...nothingKnown,
      familyName: "Okafor",
      phones,
      addresses: [{ ...address, country: "DE" }],
      tags: ["client, but late"],
    };
    const shown = formDefaults(original, account);
    expect(shown.phones[0]).toEqual({ value: "020 7946 0182", label: "", note: "" });
    expect(shown.addresses[0]).toMatchObject({ country: "Germany" });
    const fields = { ...flattened(original), company: "Brandt Holzbau GmbH", original: originalText(original) };
    const form = new FormData();
    for (const [name, value] of Object.entries({ ...fields, version: "3", "choices.company": "mine", seen: "4" })) {
      form.append(name, value);
    }
    const edit = parseWithZod(form, { schema: editForm(account) });
    expect(edit.status === "success" && edit.value).toEqual({
      version: 3,
      choices: { company: "mine" },
      seen: 4,
      original,
      values: { ...original, company: "Brandt Holzbau GmbH" },
    });
  });

  test("reads dates, a zone and a language as people write them, and refuses in words what is none", () => {
    const typed = { familyName: "Okafor", timeZone: "new york", language: "pt-BR" };
    expect(valuesOf({ ...typed, birthday: "29.02.", diedOn: "11 February 2026" })).toMatchObject({
      birthday: "--02-29",
      diedOn: "2026-02-11",
      timeZone: "America/New_York",
      language: "pt-BR",
    });
    const wrong = { familyName: "Okafor", birthday: "31 February", diedOn: "22 November 2026", timeZone: "Bree" };
    expect(errorsOf({ ...wrong, language: "xx-mordor" })).toEqual({
      birthday: ["There is no 31 February: February ends with the 29th."],
      diedOn: ["This day is still to come. Check the date."],
      timeZone: ["This time zone is not known. Choose one, such as Europe/London."],
      language: ["This language is not known. Choose one from the list."],
    });
  });

  test("with a beginning that cannot be read is one of which nobody knows the beginning", () => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ kind: "individual", familyName: "Okafor", original: "{]" })) {
      form.append(name, value);
    }
    const edit = parseWithZod(form, { schema: editForm(account) });
    expect(edit.status === "success" && edit.value.original).toBeNull();
  });

  test("sent back as it was filled, changes nothing", () => {
    for (const values of sampleContacts(300).contacts) {
      expect(valuesOf(flattened(values))).toEqual({ ...nothingKnown, ...values });
    }
  });
});

function flattened(values: ContactValues): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(formDefaults(values, account))) {
    if (typeof value === "string") fields[name] = value;
    else if (Array.isArray(value)) {
      value.forEach((row, index) => {
        for (const [part, text] of Object.entries(row)) fields[`${name}[${index}].${part}`] = text;
      });
    }
  }
  return fields;
}
