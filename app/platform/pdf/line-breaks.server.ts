/** Where a text may be broken into lines: between words, and between the signs of scripts that do without spaces. */

type Measure = (text: string) => Promise<number>;

const words = new Intl.Segmenter("en", { granularity: "word" });
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

export async function brokenLines(text: string, width: number, measure: Measure): Promise<string[]> {
  if ((await measure(text)) <= width) return [text];
  const lines: string[] = [];
  let line = "";
  for (const unit of await units(text, width, measure)) {
    if (line !== "" && (await measure((line + unit).trimEnd())) > width) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += line === "" ? unit.trimStart() : unit;
  }
  return [...lines, line.trimEnd()];
}

/** What is kept together, each with the spaces that follow; what is too wide by itself is cut where it must be. */
async function units(text: string, width: number, measure: Measure): Promise<string[]> {
  const found: string[] = [];
  for (const unit of kept(text)) {
    if ((await measure(unit.trimEnd())) <= width) found.push(unit);
    else found.push(...(await pieces(unit, width, measure)));
  }
  return found;
}

function kept(text: string): string[] {
  const found: string[] = [];
  let wasWord = false;
  for (const { segment, isWordLike = false } of words.segment(text)) {
    const last = found.at(-1);
    // Two words side by side without a space: Chinese, Japanese, Thai.
    const begins = last === undefined || /\s$/.test(last) || (isWordLike && wasWord);
    if (begins && segment.trim() !== "") found.push(segment);
    else found[Math.max(0, found.length - 1)] = (last ?? "") + segment;
    wasWord = isWordLike;
  }
  return found;
}

async function pieces(unit: string, width: number, measure: Measure): Promise<string[]> {
  let signs = Array.from(graphemes.segment(unit), ({ segment }) => segment);
  const found: string[] = [];
  while (signs.length > 0) {
    const most = Math.max(1, await mostThatFit(signs, "", width, measure));
    // An email goes on with its @, where that leaves enough on the line.
    const at = most < signs.length ? signs.lastIndexOf("@", most) : 0;
    const count = at > most / 4 ? at : most;
    found.push(signs.slice(0, count).join(""));
    signs = signs.slice(count);
  }
  return found;
}

/** How many of the signs, with `end` behind them, are as wide as that: the search halves what is left. */
async function mostThatFit(signs: readonly string[], end: string, width: number, measure: Measure): Promise<number> {
  let [fits, tooMany] = [0, signs.length + 1];
  while (tooMany - fits > 1) {
    const count = Math.floor((fits + tooMany) / 2);
    const isIn = (await measure(signs.slice(0, count).join("").trimEnd() + end)) <= width;
    if (isIn) fits = count;
    else tooMany = count;
  }
  return fits;
}

/** As much of a line as fits with "…" behind it. */
export async function shortened(line: string, width: number, measure: Measure): Promise<string> {
  const signs = Array.from(graphemes.segment(line), ({ segment }) => segment);
  const count = await mostThatFit(signs, "…", width, measure);
  return `${signs.slice(0, count).join("").trimEnd()}…`;
}
