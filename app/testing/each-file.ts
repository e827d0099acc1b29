/**
 * Whatever is written to the console fails the test it was written in: nothing grumbles unheard. And passwords cost the
 * least that bcrypt can.
 */
import { afterAll, afterEach, beforeEach, expect, vi } from "vitest";
import { setHashCost } from "~/features/sign-in/hash-cost.server";
import { closeDatabases } from "~/testing/database-of-file";

setHashCost(4);

const said: string[] = [];

beforeEach(() => {
  said.length = 0;
  for (const level of ["error", "warn"] as const) {
    vi.spyOn(console, level).mockImplementation((...words: unknown[]) => {
      said.push(`console.${level}: ${words.map(String).join(" ")}`);
    });
  }
});

afterEach(() => {
  vi.restoreAllMocks();
  expect(said).toEqual([]);
});

afterAll(closeDatabases);
