/** Whether a reading gets on: a source whose pages go round in a circle must not be read for ever. */
import { type Page, Trouble } from "~/features/connectors/connector";

/** A page that comes again is tolerated: sources may say things twice. */
const MOST_REPEATS = 3;
const MOST_EMPTY_PAGES = 1_000;

export interface TurningPages {
  /** @throws Trouble where the cursor of the next page is one that was there before */
  toNext(cursor: string): void;
  /** @throws Trouble where the same pages come again and again, or nothing but empty ones */
  page(ids: readonly string[]): void;
}

/** @param name as people call the source */
export function turningPages(name: string): TurningPages {
  const stuck = () =>
    new Trouble(
      `${name} gives the same page again and again, so that reading it would never end. Nothing was deleted. Try again later; if it stays so, tell ${name}.`,
    );
  const [cursors, pages] = [circle(0), circle(MOST_REPEATS)];
  let empty = 0;
  return {
    toNext(cursor) {
      if (cursors(cursor)) throw stuck();
    },
    page(ids) {
      empty = ids.length === 0 ? empty + 1 : 0;
      if (empty > MOST_EMPTY_PAGES || (empty === 0 && pages(ids.join("\n")))) throw stuck();
    },
  };
}

/**
 * Tells a circle of any length while remembering one thing only (R. P. Brent, 1980): the one kept is replaced after
 * 1, 2, 4, 8 … others, so that some time it is in the circle and the distance is long enough to come by it again.
 */
function circle(tolerated: number): (text: string) => boolean {
  let kept: string | null = null;
  let [since, until, repeats] = [1, 1, 0];
  return (text) => {
    if (text === kept && ++repeats > tolerated) return true;
    if (++since > until) {
      kept = text;
      [since, until, repeats] = [1, until * 2, 0];
    }
    return false;
  };
}

/** Of pages that bring nothing, only each so manieth is worth writing down how far the reading has come. */
const EMPTY_PAGES_BETWEEN = 50;

/** A source may have many pages that bring nothing: most of these are left out. */
export async function* worthTaking(pages: AsyncIterable<Page>): AsyncGenerator<Page> {
  let leftOut = 0;
  for await (const page of pages) {
    const saysSomething = page.records.length > 0 || page.count !== undefined || page.after === null;
    if (!saysSomething && ++leftOut < EMPTY_PAGES_BETWEEN) continue;
    leftOut = 0;
    yield page;
  }
}
