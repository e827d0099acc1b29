import { expect, test } from "vitest";
import { addressBookLayouts } from "~/features/contacts/subject/address-book-layouts";
import { ourOwnLayouts } from "~/features/contacts/subject/our-own-layouts";
import { lookAtCards } from "~/features/pipeline/files/vcard/card-rows.server";
import { leftOutSentence, leftOutTally } from "~/features/pipeline/trial/left-out";
import { sourceOf } from "~/testing/workbooks";

const layouts = [...ourOwnLayouts, ...addressBookLayouts];

/** What is left out of rows in this layout, whose columns go where it says. */
function leftOut(rows: Record<string, string>[], head: readonly string[]) {
  const columns = [...head, ...Object.keys(rows[0] ?? {}).filter((name) => !head.includes(name))];
  const layout = layouts.find(({ mappingOf }) => mappingOf(columns) !== null);
  const mapping = layout?.mappingOf(columns) ?? columns.map(() => "");
  const tally = leftOutTally({ columns, mapping, origin: layout?.name }, layouts);
  for (const row of rows) tally.add(columns.map((column) => row[column] ?? ""));
  return tally.result();
}

test("columns that go nowhere are told where they say anything, with the number of their rows", () => {
  const google = ["First Name", "Last Name", "Labels", "File As"];
  expect(
    leftOut(
      [
        {
          "First Name": "Ann",
          Nickname: "Annie",
          "Address 1 - Formatted": "12 High Street",
          "Phonetic First Name": "",
        },
        { "First Name": "Ben", Nickname: "Benny" },
        { "First Name": "Cay", "File As": "Cay from the choir" },
      ],
      google,
    ),
  ).toEqual([
    { name: "File As", rows: 1 },
    { name: "Nickname", rows: 2 },
  ]);
});

test("what Outlook writes of everybody, and what a name says already, is nothing that is left out", () => {
  const always = { Priority: "Normal", Private: "False", Gender: "Unspecified", Anniversary: "0/0/00" };
  const mail = { "E-mail Type": "SMTP", "E-mail Display Name": "Ann Okafor (ann@okafor.example)", Initials: "A.O." };
  const outlook = ["First Name", "Last Name", "E-mail Address", "Mobile Phone"];
  expect(leftOut([{ ...always, ...mail, Spouse: "Ben" }], outlook)).toEqual([{ name: "Spouse", rows: 1 }]);
  const older = ["Name", "Given Name", "Family Name", "Group Membership"];
  expect(leftOut([{ Name: "Dr Ann Okafor", "Name Prefix": "Dr" }], older)).toEqual([]);
  const ours = ["Tallybook ID", "Full name"];
  expect(leftOut([{ Created: "2026-05-04", Changed: "2026-05-04" }], ours)).toEqual([]);
});

test("of cards it is told which of their properties are in no row", async () => {
  const card = [
    "BEGIN:VCARD",
    "VERSION:3.0",
    "PRODID:-//Apple Inc.//macOS 14.5//EN",
    "N:Okafor;Ann;;;",
    "FN:Ann Okafor",
    "TITLE:Bookkeeper",
    "ROLE:Treasurer",
    "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRg",
    " ABAQAAAQABAAD",
    "item1.URL:https://okafor.example",
    "item1.X-ABLabel:_$!<HomePage>!$_",
    "URL:https://books.example",
    "IMPP:xmpp:ann@okafor.example",
    "X-MAIDENNAME:Eze",
    "X-ABUID:1234",
    "REV:2026-05-04T09:00:00Z",
    "END:VCARD",
  ];
  const { leftOut } = await lookAtCards(sourceOf([...card, ...card, ""].join("\r\n")).read(), "utf-8");
  expect(leftOut).toEqual(
    ["Role", "Photo", "Further websites", "Chat address", "X-MAIDENNAME"].map((name) => ({ name, rows: 2 })),
  );
});

test("it is one sentence, of the first of them and how many more there are", () => {
  const all = Array.from({ length: 9 }, (_, at) => ({ name: `Column ${at + 1}`, rows: at % 2 === 0 ? 1204 : 1 }));
  expect(leftOutSentence([], "en-GB")).toBeNull();
  expect(leftOutSentence(all.slice(0, 2), "en-GB")).toBe(
    "In the file, but not brought in: Column 1 (1,204 rows), Column 2 (1 row).",
  );
  expect(leftOutSentence(all.slice(0, 7), "en-GB")).toMatch(/Column 7 \(1,204 rows\)\.$/);
  expect(leftOutSentence(all, "en-GB")).toMatch(/Column 6 \(1 row\) and 3 more\.$/);
});
