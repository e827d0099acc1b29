import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Page } from "~/features/connectors/connector";
import { turningPages, worthTaking } from "~/features/connectors/reading/turning-pages";

describe("turning the pages of a source", () => {
  test("any number of different ones is fine, also a page that comes twice, and some that are empty", () => {
    const watch = turningPages("Google");
    for (let page = 0; page < 5_000; page++) {
      watch.page(page % 7 === 0 ? [] : [`people/c${page - (page % 2)}`]);
      watch.toNext(`cursor-${page}`);
    }
  });

  test("cursors that go round in a circle of any length, from anywhere on, are told within a few rounds", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 1, max: 200 }), (before, round) => {
        const watch = turningPages("HubSpot");
        let turned = 0;
        const turn = () => {
          for (; turned < 10_000; turned++) {
            watch.toNext(String(turned < before ? turned : before + ((turned - before) % round)));
          }
        };
        expect(turn).toThrow(/HubSpot gives the same page again and again/);
        expect(turned).toBeLessThanOrEqual(4 * (before + round) + 4);
      }),
    );
  });

  test("the same pages under ever new cursors are told, too", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), (round) => {
        const watch = turningPages("Microsoft");
        let turned = 0;
        const turn = () => {
          for (; turned < 10_000; turned++) {
            watch.toNext(`ever-new-${turned}`);
            watch.page([`contact-${turned % round}`]);
          }
        };
        expect(turn).toThrow(/never end/);
        expect(turned).toBeLessThanOrEqual(20 * round + 10);
      }),
    );
  });

  test("nothing but empty pages is told", () => {
    const watch = turningPages("Microsoft");
    const turn = () => {
      for (let page = 0; page < 10_000; page++) watch.page([]);
    };
    expect(turn).toThrow(/Nothing was deleted/);
  });
});

describe("pages that bring nothing", () => {
  const empty = (after: number | null): Page => ({ records: [], after });
  const full = (id: string, after: number): Page => ({ records: [{ id, gone: "deleted" }], after });

  async function* pagesOf(pages: readonly Page[]) {
    for (const page of pages) yield await Promise.resolve(page);
  }

  async function taken(pages: readonly Page[]) {
    const found: Page["after"][] = [];
    for await (const { after } of worthTaking(pagesOf(pages))) found.push(after);
    return found;
  }

  test("are left out between others, but never the last, nor one that says how many there are", async () => {
    const pages = [{ ...empty(1), count: 3 }, empty(2), full("c1", 3), empty(4), full("c2", 5), empty(6), empty(null)];
    expect(await taken(pages)).toEqual([1, 3, 5, null]);
  });

  test("are taken now and then where there are hundreds of them, so that not all is read again after a stop", async () => {
    const pages = [...Array.from({ length: 120 }, (_, place) => empty(place + 1)), empty(null)];
    expect(await taken(pages)).toEqual([50, 100, null]);
  });
});
