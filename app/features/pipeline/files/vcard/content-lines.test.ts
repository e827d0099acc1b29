import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { FileProblem } from "~/features/pipeline/files/file-problem";
import { lookAtCards } from "~/features/pipeline/files/vcard/card-rows.server";
import { contentLines } from "~/features/pipeline/files/vcard/content-lines";
import { readProperty } from "~/features/pipeline/files/vcard/property";
import { sourceOf } from "~/testing/workbooks";

async function linesOf(text: string, size = 256 * 1024): Promise<string[]> {
  const pieces = (async function* () {
    for (let at = 0; at < text.length; at += size) yield await Promise.resolve(text.slice(at, at + size));
  })();
  const lines: string[] = [];
  for await (const line of contentLines(pieces)) lines.push(line.text);
  return lines;
}

const columnsOf = (lines: readonly string[]) =>
  lookAtCards(sourceOf(["BEGIN:VCARD", ...lines, "END:VCARD", ""].join("\n"), 256 * 1024).read(), "utf-8").then(
    ({ columns }) => columns,
  );

test("lines that are folded or go on after an equals sign are put together, wherever they are cut", async () => {
  const piece = fc.string({ unit: fc.constantFrom("a", " ", ":", ";", "é", "=3D"), maxLength: 5 });
  const pieces = fc.array(piece, { maxLength: 6 });
  const line = fc.oneof(
    pieces.map((all) => ({ whole: `NOTE:${all.join("")}`, written: ["NOTE:", ...all].join("\r\n ") })),
    pieces.map((all) => ({
      whole: `NOTE;ENCODING=QUOTED-PRINTABLE:${all.join("")}`,
      written: `NOTE;ENCODING=QUOTED-PRINTABLE:${all.join("=\r\n")}`,
    })),
    // Of a picture the beginning alone is kept, even where it says that it goes on.
    pieces.map((all) => ({ whole: "PHOTO:", written: ["PHOTO:", ...all].join("\r\n\t") })),
    pieces.map((all) => ({
      whole: "KEY;QUOTED-PRINTABLE:=",
      written: ["KEY;QUOTED-PRINTABLE:", ...all, "end"].join("=\r\n"),
    })),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(line), fc.integer({ min: 1, max: 40 }), async (lines, size) => {
      const text = lines.map(({ written }) => `${written}\r\n`).join("");
      expect(await linesOf(text, size)).toEqual(lines.map(({ whole }) => whole));
    }),
  );
});

test("a line folded 300,000 times, and one of a hundred thousand equals signs, take no longer than others", async () => {
  expect(await columnsOf(["FN:Ann", "NOTE:", ...Array<string>(300_000).fill(" x")])).toEqual(["Full name", "Notes"]);
  const head = `NOTE;QUOTED-PRINTABLE;X=${"y".repeat(700_000)}=`;
  expect(await columnsOf(["FN:Ann", head, ...Array<string>(100_000).fill("="), ":z"])).toEqual(["Full name", "Notes"]);
});

test("every physical line is looked at by itself, not with all that stands before it", async () => {
  const looks = vi.spyOn(RegExp.prototype, "test");
  try {
    await linesOf(`A;QUOTED-PRINTABLE:\n${" x\n".repeat(1_000)}`);
    expect(looks.mock.calls.reduce((sum, [text]) => sum + text.length, 0)).toBeLessThan(5_000);
  } finally {
    looks.mockRestore();
  }
});

test("a line that goes on without end is refused, though there is nothing in its parts", async () => {
  await expect(linesOf(`NOTE:\n${" \n".repeat(600_000)}`)).rejects.toThrow(FileProblem);
  await expect(linesOf(`A;QUOTED-PRINTABLE:=\n${"=\n".repeat(600_000)}`)).rejects.toThrow(/longer than 1 MB/);
});

test("a long file lets others have their turn within a piece of it", async () => {
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  await linesOf(`NOTE:\n${" x\n".repeat(250_000)}`, 1_000_000);
  clearInterval(timer);
  expect(turns).toBeGreaterThan(0);
});

test("a long text in quoted-printable is decoded whole", () => {
  const text = `${"x".repeat(500_000)}=C3=A9=zé`;
  expect(readProperty(`NOTE;ENCODING=QUOTED-PRINTABLE:${text}`)?.value).toBe(`${"x".repeat(500_000)}é=zé`);
});
