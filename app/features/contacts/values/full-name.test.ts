import { describe, expect, test } from "vitest";
import { hasLegalForm, partFullName } from "~/features/contacts/values/full-name";

function parted(name: string, country = "GB") {
  const parts = partFullName(name, country);
  return parts && `${parts.givenName}|${parts.familyName}${parts.hasMore ? "+" : ""}`;
}

describe("a full name is parted where that is sure", () => {
  test.each([
    ["Folasade Adebayo", "Folasade|Adebayo"],
    ["Adebayo, Folasade", "Folasade|Adebayo"],
    ["Folasade A. Adebayo", "Folasade A.|Adebayo"],
    ["Ann Marie O’Hara", "Ann Marie|O’Hara"],
    ["Ludwig van der Heide", "Ludwig|van der Heide"],
    ["Van der Heide, Ludwig", "Ludwig|Van der Heide"],
    ["Jan Van Damme", "Jan|Van Damme"],
    ["Maria de la Cruz", "Maria|de la Cruz"],
    ["Ben Smith", "Ben|Smith"],
    ["Phil Collins", "Phil|Collins"],
    ["Dr Folasade Adebayo", "Folasade|Adebayo+"],
    ["Prof. Dr. Käthe Weiß", "Käthe|Weiß+"],
    ["Martin King Jr.", "Martin|King+"],
    ["King, Martin, Jr.", "Martin|King+"],
    ["Ann Smith, PhD", "Ann|Smith+"],
    ["Mr. Jan Brandt", "Jan|Brandt"],
    ["Müller-Lüdenscheidt, Hans-Peter", "Hans-Peter|Müller-Lüdenscheidt"],
    ["Łukasz Wójcik", "Łukasz|Wójcik"],
    ["Наталья Иванова", "Наталья|Иванова"],
  ])("%s", (name, wanted) => {
    expect(parted(name)).toBe(wanted);
  });

  test.each([
    "Folasade",
    "小林 太郎",
    "王小明",
    "김민수",
    "Nguyễn Văn An",
    "Brandt Holzbau GmbH",
    "Adebayo & Sons",
    "Jan and Ann Smith",
    "Smith, Carver, Lee",
    "Maria Luisa Pérez García",
    "Estate of Ann Smith",
    "van der Heide",
    "Warehouse 3",
    "Smith,",
    "info@adebayo.example",
    "Acme Inc.",
    "Café Central, Inc.",
  ])("and left whole where it is not: %s", (name) => {
    expect(parted(name)).toBeNull();
  });

  test("by the ways of its country", () => {
    expect(parted("Gabriel García Márquez", "CO")).toBeNull();
    expect(parted("Gabriel J. Márquez", "CO")).toBe("Gabriel J.|Márquez");
    expect(parted("Nagy Ferenc", "HU")).toBeNull();
    expect(parted("Tanaka, Yuki", "JP")).toBe("Yuki|Tanaka");
  });

  test("and no name is slow", () => {
    const started = performance.now();
    for (const unit of ["a ", "a,", "Dr ", "van ", ". ", "-"]) partFullName(unit.repeat(50_000), "GB");
    expect(performance.now() - started).toBeLessThan(500);
  });
});

test("a company is known by its legal form", () => {
  for (const name of ["Brandt Holzbau GmbH", "Acme, Inc.", "Nordwind AG", "Café Ltd", "Jansen B.V.", "Chor e.V."])
    expect(hasLegalForm(name), name).toBe(true);
  for (const name of ["Ag Adebayo", "Ann Sas Smith", "Coby Incze", "Folasade Adebayo"])
    expect(hasLegalForm(name), name).toBe(false);
});
