import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { messagesOf, type Question, toSend } from "~/features/connectors/mapping-help/question";
import { readAnswer } from "~/features/connectors/mapping-help/read-answer";

const question: Question = {
  fields: [
    { id: "email", label: "Email", many: true },
    { id: "birthday", label: "Birthday", many: false },
    { id: "notes", label: "Notes", many: true },
  ],
  columns: ["Mail privat", "Geb.", "Jahrgang", "Hobby"].map((label, index) => ({
    ...{ streamId: "people", columnId: `x_${index}`, label },
    samples: [],
  })),
};
const column = (id: string, field: string, confidence: number, why = "So it seems.") => ({
  id,
  field,
  confidence,
  why,
});
const answer = (...columns: unknown[]) => JSON.stringify({ columns });
const fieldsOf = (text: string) =>
  readAnswer(text, question)?.proposals.map(({ columnId, field, confidence }) => [columnId, field, confidence]);

describe("a model’s answer", () => {
  test("is taken as JSON by itself, in a fence, and with words around it", () => {
    const json = answer(column("1", "email", 0.9), column("4", "", 0.3));
    const taken = [
      ["x_0", "email", 0.9],
      ["x_3", "", 0.3],
    ];
    for (const text of [json, `Sure!\n\`\`\`json\n${json}\n\`\`\`\nMore {soon}.`, `Here: ${json}`, ` ${json}\n`]) {
      expect(fieldsOf(text)).toEqual(taken);
    }
  });

  test("is none where it has another shape, or breaks off", () => {
    const json = answer(column("1", "email", 0.9));
    for (const text of [
      "",
      "email",
      "null",
      "[]",
      "{}",
      '{"columns":{}}',
      json.slice(0, 40),
      "<p>{}</p>",
      "{".repeat(90_000),
    ]) {
      expect(readAnswer(text, question)).toBeNull();
    }
    expect(readAnswer(answer(...Array<unknown>(501).fill(1)), question)).toBeNull();
  });

  test("counts for nothing where it names fields that there are not, columns that nobody sent, or is surer than sure", () => {
    const odd = [
      column("1", "socialSecurityNumber", 0.9),
      column("2", "birthday", 90),
      column("0", "email", 0.9),
      column("5", "email", 0.9),
      column("__proto__", "email", 0.9),
      column("1e0", "email", 0.9),
      { id: "3", field: "constructor", confidence: 0.5 },
      "email",
      null,
      column("4", "notes", 0.5),
    ];
    expect(readAnswer(answer(...odd), question)).toEqual({
      proposals: [{ streamId: "people", columnId: "x_3", field: "notes", confidence: 0.5, why: "So it seems." }],
      left: odd.length - 1,
    });
  });

  test("says nothing of a column of which it says two things", () => {
    const twice = answer(column("1", "email", 0.9), column("1", "notes", 0.8), column("4", "notes", 0.5));
    expect(fieldsOf(twice)).toEqual([["x_3", "notes", 0.5]]);
  });

  test("gives a field of which there is one to the column that is surest", () => {
    const both = answer(column("2", "birthday", 0.6), column("3", "birthday", 0.8), column("1", "email", 0.9));
    expect(fieldsOf(both)).toEqual([
      ["x_2", "birthday", 0.8],
      ["x_0", "email", 0.9],
    ]);
  });

  test("is text and nothing else, on one line", () => {
    const why = "\u202e<script>alert(1)</script>\n".repeat(200);
    const [proposal] = readAnswer(answer(column("1", "email", 0.9, why)), question)?.proposals ?? [];
    expect(proposal?.why).toHaveLength(200);
    expect(proposal?.why).not.toMatch(/[\n\u202e]/);
  });

  test("never throws, and never proposes what was not asked", () => {
    const said = fc.record({
      id: fc.oneof(fc.string(), fc.integer({ min: -1, max: 6 })),
      field: fc.constantFrom("email", "birthday", "notes", "", "other"),
      confidence: fc.double({ min: -1, max: 2 }),
      why: fc.string(),
    });
    fc.assert(
      fc.property(fc.array(fc.oneof(said, fc.jsonValue()), { maxLength: 12 }), (columns) => {
        const read = readAnswer(JSON.stringify({ columns }), question);
        expect((read?.proposals.length ?? 0) + (read?.left ?? 0)).toBe(columns.length);
        for (const { columnId, field, confidence } of read?.proposals ?? []) {
          expect(question.columns.some((column) => column.columnId === columnId)).toBe(true);
          expect(["email", "birthday", "notes", ""]).toContain(field);
          expect(confidence >= 0 && confidence <= 1).toBe(true);
        }
      }),
    );
  });
});

describe("a question", () => {
  const values = ["Folasade Adebayo", "f.adebayo@kiln.example", "+44 20 7946 0182"];
  const open = { streamId: "people", columnId: "x_secret_of_folasade", label: "Mail\nprivat", values };

  test("holds names of columns and masked samples, and nothing else of theirs", () => {
    const text = JSON.stringify(messagesOf({ ...question, columns: toSend([open], 2) }));
    expect(text).toContain('\\"name\\":\\"Mail privat\\",\\"samples\\":[\\"Xxxx Xxxx\\",\\"x.xxxx@xxxx.xxxx\\"]');
    for (const secret of ["olasade", "debayo", "kiln", "7946", "0182", "x_secret"]) expect(text).not.toContain(secret);
  });

  test("is about sixty columns at the most", () => {
    expect(toSend(Array<typeof open>(200).fill(open), 0)).toHaveLength(60);
  });
});
