import { expect, test } from "vitest";
import { amountIn } from "~/features/connectors/reading/amounts";

test.each([
  ["49.9", "EUR", "49.90", false],
  ["49.900000000000006", "EUR", "49.90", true],
  ["0.125", "EUR", "0.12", true],
  ["0.135", "EUR", "0.14", true],
  ["-10.5", "GBP", "-10.50", false],
  ["1.5E7", "EUR", "15000000.00", false],
  ["1.5e-7", "EUR", "0.00", true],
  ["-0.001", "EUR", "0.00", true],
  ["1200.00", "JPY", "1200", false],
  ["1200.5", "JPY", "1200", true],
  ["0.05", "KWD", "0.050", false],
  ["12.3456", "(not set)", "12.3456", false],
])("%s in %s is %s, rounded: %s", (written, currency, text, isRounded) => {
  expect(amountIn(written, currency)).toEqual({ text, isRounded });
});

test.each(["", "1,234", "NaN", "12.", "twelve"])("“%s” is no amount", (written) => {
  expect(amountIn(written, "EUR")).toBeNull();
});
