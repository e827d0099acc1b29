import { describe, expect, test } from "vitest";
import { isMailAddress, parseSender } from "~/platform/mail/mail-server.server";

describe("a mail address", () => {
  test.each(["ann@example.org", "o'brien@example.org", "'ann'@example.org", "grace+tallybook@llewellyn.example"])(
    "can be %s",
    (address) => expect(isMailAddress(address)).toBe(true),
  );

  test.each([
    "",
    "grace",
    "grace@@llewellyn.example",
    "grace@o'brien.example",
    "a@b.example, c@d.example",
    "a@b.example\r\nBcc: c@d.example",
    "<a@b.example>",
    '"grace, b"@llewellyn.example',
    "grace;b@llewellyn.example",
    `${"a".repeat(65)}@example.org`,
  ])("cannot be %j", (address) => expect(isMailAddress(address)).toBe(false));

  test("of the sender may have an apostrophe too", () => {
    const address = "o'brien@example.org";
    expect(parseSender(`Tallybook <${address}>`)).toEqual({ name: "Tallybook", address });
  });
});
