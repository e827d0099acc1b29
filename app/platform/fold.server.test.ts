import fc from "fast-check";
import { expect, test } from "vitest";
import { EMPTY_KEY, fold, sortKey } from "~/platform/fold.server";

test.each([
  ["Łukasz Øster", "lukasz oster"],
  ["STRASSE", "strasse"],
  ["Straße", "strasse"],
  ["Inés  Castellanos\t", "ines castellanos"],
  ["İstanbul", "istanbul"],
  ["Ærø", "aero"],
  ["Ａｎｎ", "ann"],
  ["Αθήνα", "αθηνα"],
  ["山田 太郎", "山田 太郎"],
  ["Ёлкина Άννα שָׁלוֹם مُحَمَّد", "елкина αννα שלום محمد"],
  ["O’Connor O‘Connor OʼConnor O´Connor O`Connor O＇Connor O′Connor", Array(7).fill("o'connor").join(" ")],
  ["Müller‐Lüdenscheidt Müller\u2011Lüdenscheidt", "muller-ludenscheidt muller-ludenscheidt"],
  ["a\u0000b\uE000c", "a b c"],
])("%j is compared as %j", (typed, folded) => {
  expect(fold(typed)).toBe(folded);
});

test.each([
  ["राम शर्मा", "रमा शर्मा"],
  ["கண்ணன்", "கணணன"],
  ["ばし", "はし"],
  ["かんだ", "かんた"],
  ["สมชาย ใจดี", "สมชาย ใจดา"],
])("%s and %s are two names", (one, other) => {
  expect(fold(one)).not.toBe(fold(other));
});

test("folding twice gives the same as folding once", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => fold(fold(text)) === fold(text)),
    { numRuns: 2_000 },
  );
});

test("an empty value sorts last", () => {
  expect(sortKey("")).toBe(EMPTY_KEY);
  expect(sortKey(null)).toBe(EMPTY_KEY);
  expect(sortKey(" \u0301 ") > sortKey("ｚ")).toBe(true);
});
