/** What every provider has to live with, and what it says then: answers of its source that are wrong, late or none. */
import { expect, test } from "vitest";
import { type Switchboard, type TroubleKind, type When } from "../../sandbox/frame/trouble";
import { type Connection, OutOfOrder, type Provider, Trouble } from "~/features/connectors/connector";

type Told = readonly [kind: TroubleKind, type: new (...args: never[]) => Error, words: RegExp];

/** These are told alike of all. */
const toldOfAll: readonly Told[] = [
  ["failed", OutOfOrder, /out of order/],
  ["hang", OutOfOrder, /could not be reached/],
  ["cut", OutOfOrder, /hung up/],
  ["half", OutOfOrder, /breaks off/],
  ["html", OutOfOrder, /a page instead of data/],
  ["flood", Trouble, /larger than any answer/],
];

interface Facts {
  provider: Pick<Provider, "read">;
  streamId: string;
  fields: readonly string[] | (() => Promise<readonly string[]>);
  connect(more: { timeoutMs: number }): Connection;
  /** Of the stand-in, which is another for each test. */
  trouble(): Switchboard;
  /** Behind the first page, unless there is only one. */
  when(kind: TroubleKind): When;
  isOnePage?: true;
  /** Told in words of its own. */
  own: readonly Told[];
  /** What else is to be true of what it says. */
  also?(message: string): void;
  /** When the trouble is over. */
  afterwards?(): Promise<unknown>;
}

/** The tests of it, within the `describe` of a provider. */
export function testWrongAnswers({ provider, streamId, connect, ...facts }: Facts): void {
  test.each([...toldOfAll, ...facts.own])(
    "%s ends a reading in words, and with what was read before",
    async (kind, type, words) => {
      const fields = typeof facts.fields === "function" ? await facts.fields() : facts.fields;
      facts.trouble().on(kind, facts.when(kind));
      const pages: unknown[] = [];
      const reading = async () => {
        const connection = connect({ timeoutMs: kind === "hang" ? 1_000 : 10_000 });
        const how = { kind: "whole", start: null } as const;
        for await (const page of provider.read(connection, { streamId, fields, how, after: null })) pages.push(page);
      };
      const error: unknown = await reading().then(
        () => null,
        (error: unknown) => error,
      );
      expect(error).toBeInstanceOf(type);
      const { message } = error as Error;
      expect(message).toMatch(words);
      facts.also?.(message);
      expect(pages.length > 0).toBe(!facts.isOnePage);
      expect(pages.length).toBeLessThan(10);
      facts.trouble().off();
      await facts.afterwards?.();
    },
  );
}
