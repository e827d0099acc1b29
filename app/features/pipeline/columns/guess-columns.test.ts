import { describe, expect, test } from "vitest";
import { contactSubjectFields } from "~/features/contacts/subject/contact-subject-fields";
import { guessColumns, type Remembered } from "~/features/pipeline/columns/guess-columns";

/** A column of a hundred values, by its name. */
function guess(columns: Record<string, string[]>, remembered: (Remembered | undefined)[] = []) {
  const names = Object.keys(columns);
  const rows = Array.from({ length: 100 }, (_, row) =>
    names.map((name) => columns[name]?.[row % (columns[name]?.length ?? 1)] ?? ""),
  );
  const guesses = guessColumns(names, rows, contactSubjectFields, remembered);
  return Object.fromEntries(names.map((name, index) => [name, guesses[index]]));
}

const emails = ["ann@okafor.example", "jan@brandt.example"];
const phones = ["+44 20 7946 0182", "020 7946 0999"];

describe("a column is guessed", () => {
  test("by its name, where the values say nothing else", () => {
    expect(guess({ "E-Mail": emails, Vorname: ["Ann", "Jan"], Notizen: emails })).toEqual({
      "E-Mail": { field: "email", sure: "sure", why: "by its name" },
      Vorname: { field: "givenName", sure: "sure", why: "by its name" },
      Notizen: { field: "notes", sure: "sure", why: "by its name" },
    });
  });

  test("by its values, where its name says nothing, and says of how many", () => {
    const mostly = [...Array<string>(98).fill("ann@okafor.example"), "none", "ask"];
    expect(guess({ X1: mostly, Erreichbar: phones })).toEqual({
      X1: { field: "email", sure: "likely", why: "looks like emails: 98 of 100 values" },
      Erreichbar: { field: "phone", sure: "likely", why: "looks like phone numbers: 100 of 100 values" },
    });
  });

  test("with a request to look, where the values are mixed or may be something else", () => {
    const mixed = [...Array<string>(75).fill("ann@okafor.example"), ...Array<string>(25).fill("by letter")];
    expect(guess({ X1: mixed })).toMatchObject({ X1: { field: "email", sure: "unsure" } });
    for (const [values, field] of [
      [["Folasade Adebayo", "Ann Okafor", "Jan Brandt"], "name"],
      [["Brandt Holzbau GmbH", "Okafor Ltd", "Adebayo Ceramics"], "company"],
      [["E8 4QN", "LS1 1AA"], "postalCode"],
      [["Germany", "France", "Deutschland"], "country"],
    ] as const) {
      expect(guess({ X1: [...values] }), field).toMatchObject({ X1: { field, sure: "unsure" } });
    }
  });

  test("against its name, where its values are plainly something else", () => {
    const found = guess({ Phone: emails, Title: ["Mr", "Mrs", "Dr"], State: ["Germany", "France"] });
    expect(found).toMatchObject({
      Phone: { field: "email", sure: "unsure" },
      Title: { field: "namePrefix", sure: "unsure" },
      State: { field: "country", sure: "unsure" },
    });
    expect(found.Phone?.why).toBe(
      "not sure: please look. Its name says “Phone”, but 100 of 100 values look like emails",
    );
  });

  test("by a part of its name only with its values, and never as somebody else’s", () => {
    const found = guess({
      "Client email address": emails,
      "Emergency contact phone": phones,
      "Product name": ["Blue mug", "Red mug"],
      "Order date": ["2026-05-03", "2026-05-04"],
      "Email label": ["work", "home"],
      "Address 2 street": ["14 Kiln Row"],
      "Customer no": ["0012345678", "0012345679"],
    });
    expect(found["Client email address"]).toMatchObject({ field: "email", sure: "likely" });
    expect(found["Emergency contact phone"]).toMatchObject({ field: "", sure: "unsure" });
    expect(found["Product name"]).toMatchObject({ field: "" });
    expect(found["Order date"]).toMatchObject({ field: "" });
    expect(found["Email label"]).toMatchObject({ field: "emailLabel" });
    expect(found["Address 2 street"]).toMatchObject({ field: "" });
    expect(found["Customer no"]).toMatchObject({ field: "" });
  });

  test("into an address of its own, though all countries look alike", () => {
    const country = ["DE", "FR"];
    expect(
      guess({ Country: country, "Second address country": country, "Third address country": country }),
    ).toMatchObject({
      Country: { field: "country" },
      "Second address country": { field: "2:country" },
      "Third address country": { field: "3:country" },
    });
  });

  test("as somebody confirmed before, whatever else speaks against it; the surer column has a field first", () => {
    const why = "as in your import of 3 May 2026";
    expect(guess({ Name: ["Ann Okafor"], Kunde: ["Okafor Ltd"] }, [undefined, { field: "name", why }])).toMatchObject({
      Name: { field: "" },
      Kunde: { field: "name", sure: "sure", why },
    });
    expect(guess({ Email: emails }, [{ field: "", why }])).toMatchObject({ Email: { field: "", why } });
  });

  test("among 200 columns in a moment", () => {
    const columns = Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`Spalte ${at}`, ["Ann Okafor 3", "x"]]));
    const started = performance.now();
    guess(columns);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
