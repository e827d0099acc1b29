import { type Face } from "~/platform/pdf/faces.server";
import { type Sheet } from "~/platform/pdf/pdf.server";
import { type EmbeddedFont } from "~/platform/pdf/embedded-font.server";
import { shapeLine } from "~/platform/pdf/shaped.server";
import { textOperators } from "~/platform/pdf/text-operators.server";

const style = { size: 8, weight: "regular" } as const;
/** As much as "of 9,999" takes. */
const ROOM = 44;

interface Reference {
  write(text: string): void;
  end(): void;
}

/**
 * "Page 3 of 12" on pages that are gone before anybody knows that there are twelve: each shows one and the same little
 * picture with the number in it (a form XObject, ISO 32000-1, 8.10), which is drawn last.
 */
export async function pageNumbers(sheet: Sheet, embed: (face: Face) => EmbeddedFont, footer: string) {
  const shape = (text: string) => shapeLine(embed, text, style);
  const words = await shape(footer);
  // All digits are as wide: shaped before, since a page is begun at once.
  const digits = await Promise.all(Array.from("0123456789", shape));
  const [page, of] = await Promise.all([shape("Page "), shape(" of ")]);
  const joined = (count: number) => joinedLine(Array.from(String(count), (digit) => digits[Number(digit)] ?? page));
  const fonts = () =>
    Object.fromEntries([...digits, page].flatMap(({ runs }) => runs.map(({ font }) => [font.id, font.ref()])));
  const total = sheet.ref({
    Type: "XObject",
    Subtype: "Form",
    BBox: [0, -20, ROOM, 20],
    Resources: { Font: fonts() },
  }) as unknown as Reference;
  let pages = 0;

  return {
    write(): void {
      pages++;
      const { width, height, margins } = sheet.page;
      const y = height - margins.bottom + 28;
      put(sheet, words, { x: margins.left, y });
      const before = joinedLine([page, joined(pages), of]);
      const x = width - margins.right - ROOM / 2;
      put(sheet, before, { x: x - before.width, y });
      sheet.page.xobjects.Total = total;
      sheet.addContent(`q 1 0 0 1 ${x} ${y} cm /Total Do Q`);
    },
    finish(): void {
      total.write(textOperators(joined(pages), { x: 0, y: 0, size: style.size, grey: true }));
      total.end();
    },
  };
}

type Line = Awaited<ReturnType<typeof shapeLine>>;

function joinedLine(lines: readonly Line[]): Line {
  return { runs: lines.flatMap(({ runs }) => runs), width: lines.reduce((sum, { width }) => sum + width, 0) };
}

function put(sheet: Sheet, line: Line, at: { x: number; y: number }): void {
  for (const { font } of line.runs) sheet.page.fonts[font.id] ??= font.ref();
  sheet.addContent(textOperators(line, { ...at, size: style.size, grey: true }));
}
