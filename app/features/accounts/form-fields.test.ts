import { describe, expect, test } from "vitest";
import { invitationForm } from "~/features/accounts/invitation-form";
import { openAccountForm } from "~/features/accounts/open-account-form";
import { line, optionalLine } from "~/features/accounts/form-fields";
import { firstRunForm } from "~/features/sign-in/first-run-form";
import { askedForms } from "~/features/sign-in/credentials-form";

const forms = {
  "the first run": firstRunForm,
  "an invitation": invitationForm,
  "the operator's new account": openAccountForm,
  "asking to make an account": askedForms.registration,
};

describe.each(Object.entries(forms))("the address of somebody new in %s", (_, form) => {
  const { email } = form.shape;

  test.each(["ann@example.org", "  siobhan.o'brien@orchard.example "])("can be %j", (typed) => {
    expect(email.parse(typed)).toBe(typed.trim());
  });

  test.each(["grace, b@llewellyn.example", "grace", "grace;b@llewellyn.example", "<grace@llewellyn.example>"])(
    "cannot be %j, which no mail could be sent to",
    (typed) => expect(email.safeParse(typed).error?.issues[0]?.message).toMatch(/^Enter a plain email address/),
  );
});

describe("a line that somebody types", () => {
  const saidOf = (typed: unknown) => line("Enter your name.").safeParse(typed).error?.issues[0]?.message;

  test("has no breaks in it, is not too long, and is there", () => {
    expect(line("Enter your name.").parse("  Siobhán O'Brien ")).toBe("Siobhán O'Brien");
    expect(saidOf("Siobhán\nO'Brien")).toContain("line breaks");
    expect(saidOf("x".repeat(201))).toBe("Use at most 200 characters.");
    expect([saidOf(undefined), saidOf("  ")]).toEqual(["Enter your name.", "Enter your name."]);
  });

  test("may be left out where it need not be there", () => {
    expect([optionalLine.parse(undefined), optionalLine.parse(" ")]).toEqual([undefined, ""]);
    expect(optionalLine.safeParse("a\u0000b").success).toBe(false);
  });
});
