import qrcode from "qrcode";
import { describe, expect, test } from "vitest";
import { composeLetter, type LetterFrame, type LetterRecipient } from "~/features/campaigns/letters/letter";
import { letterLayouts, type LetterLayoutId, usualLayout } from "~/features/campaigns/letters/letter-layout";
import { lettersPdf } from "~/features/campaigns/letters/letter-pdf.server";
import { readLetter } from "~/features/campaigns/letters/letter-text";
import { type Address, type ContactValues, nothingKnown } from "~/features/contacts/contact";
import { qrBoxes } from "~/platform/pdf/qr-boxes.server";
import { png } from "~/testing/pictures";
import { bytesOf, pagesOfPdf } from "~/testing/text-of-pdf";

const frame: LetterFrame = {
  firmName: "Brandt Holzbau GmbH",
  firmAddress: ["Sägewerkstraße 4", "01067 Dresden"],
  date: "22 November 2026",
  subject: null,
  codePage: "ledger.brandt.example/answer/brandt",
  home: { locale: "en-GB", country: "DE" },
  campaign: {
    firmName: "Brandt Holzbau GmbH",
    senderName: "Kemi Obi",
    campaignName: "Spring",
    fields: [],
    locale: "en-GB",
  },
};

const dresden: Address = {
  ...{ label: null, street: "Kieferweg 3", city: "Dresden", region: null, postalCode: "01099", country: "DE" },
};

function recipient(contact: Partial<ContactValues>, address: Partial<Address> = {}): LetterRecipient {
  const whole = { ...nothingKnown, ...contact };
  const name = whole.typedName ?? [whole.givenName, whole.familyName].filter(Boolean).join(" ");
  const addressee = { name, contact: whole, housemates: [], carer: null, address: { ...dresden, ...address } };
  return { contactId: "1", addressee, link: "https://ledger.brandt.example/r/abc", code: "SPR26-7K3QX9" };
}

function pdfOf(body: string, recipients: readonly LetterRecipient[], layout: LetterLayoutId = "din") {
  const template = readLetter(body, []);
  async function* batches() {
    yield recipients.map((one) => composeLetter(template, frame, one));
  }
  const about = {
    title: "Spring",
    layout: letterLayouts[layout],
    frame,
    logo: png(),
    madeAt: "2026-11-22T09:00:00.000Z",
  };
  return lettersPdf(about, batches());
}

describe("a letter", () => {
  test("greets by name, says what its text says, and carries the code and where to type it", async () => {
    const [page = ""] = await pagesOfPdf(
      pdfOf("is **all** as it was, {{first name | friend}}?\n\n- {{company | your firm}}", [
        recipient({ givenName: "Folasade", familyName: "Adebayo" }),
      ]),
    );
    const text = page.replace(/\s+/g, " ");
    expect(text).toContain("Folasade Adebayo Kieferweg 3 01099 Dresden");
    expect(text).toContain("Dear Folasade Adebayo, is all as it was, Folasade? • your firm");
    expect(text).toContain("Or type SPR26-7K3QX9 at ledger.brandt.example/answer/brandt.");
    expect(text).toContain("Brandt Holzbau GmbH · Sägewerkstraße 4 · 01067 Dresden · SPR26-7K3QX9");
  });

  test.each([
    ["Dear {{first name | friend}},\n\nis all well?"],
    ["{{salutation | Hello}} and good day\n\nis all well?"],
    ["To our friends!\n\nis all well?"],
    ["# A warm room this winter\n\n{{salutation}},\n\nis all well?"],
  ])("that greets by itself is not greeted twice: %s", (body) => {
    expect(composeLetter(readLetter(body, []), frame, recipient({ givenName: "Ann" })).salutation).toBeNull();
  });

  test("to somebody of whom only an address is known", () => {
    const letter = composeLetter(readLetter("Is all well, {{first name}}?", []), frame, recipient({}));
    expect(letter.salutation).toBe("Dear Sir or Madam,");
    expect(letter.blank).toEqual(["firstName"]);
  });

  test("to a household is one, with all their names", () => {
    const one = recipient({ givenName: "Folasade", familyName: "Adebayo" });
    const addressee = { ...one.addressee, housemates: [{ ...nothingKnown, givenName: "Kemi", familyName: "Adebayo" }] };
    const letter = composeLetter(readLetter("Is all well, {{first name}}?", []), frame, { ...one, addressee });
    expect(letter.address.slice(0, 2)).toEqual(["Folasade Adebayo", "Kemi Adebayo"]);
    expect(letter.salutation).toBe("Dear Folasade and Kemi Adebayo,");
    expect(letter.blocks[0]?.spans[0]?.text).toBe("Is all well, Folasade and Kemi?");
  });

  test("to an estate goes in care of its executor, who is the one that it greets", () => {
    const estate = recipient({ kind: "estate", typedName: "Rosalind Carver" }, { country: "GB" });
    const carer = { name: "Miles Okafor", contact: { ...nothingKnown, givenName: "Miles", familyName: "Okafor" } };
    const addressee = { ...estate.addressee, carer };
    const letter = composeLetter(readLetter("Is all well?", []), frame, { ...estate, addressee });
    expect(letter.address.slice(0, 2)).toEqual(["Estate of Rosalind Carver", "c/o Miles Okafor"]);
    expect(letter.address.at(-1)).toBe("UNITED KINGDOM");
    expect(letter.salutation).toBe("Dear Miles Okafor,");
  });

  test("has names and text in every script, and nothing that a name says is markup", async () => {
    const pages = await pagesOfPdf(
      pdfOf("Is all well, {{full name}}?", [
        recipient({ typedName: "王小明" }, { street: "建国路88号", city: "北京", country: "CN" }),
        recipient({ typedName: "محمد بن سلمان" }),
        recipient({ typedName: "Ωμέγα Παπαδόπουλος" }),
        recipient({ typedName: "**Bold** {{company}}\n# <b>" }),
      ]),
    );
    expect(pages).toHaveLength(4);
    expect(pages[0]).toContain("王小明");
    expect(pages[0]).toContain("建国路88号");
    expect(pages[2]).toContain("Ωμέγα Παπαδόπουλος");
    expect(pages[3]?.replace(/\s+/g, " ")).toContain("Is all well, **Bold** {{company}} # <b>?");
    expect(pages.join("")).not.toContain("\uFFFD");
  });

  test("longer than a page goes on, each page numbered, the code on one page as a whole", async () => {
    const body = Array.from({ length: 40 }, (_, n) => `Paragraph ${n} says **something** of its own, at some length.`);
    const pages = await pagesOfPdf(pdfOf(body.join("\n\n"), [recipient({ givenName: "Ann" }), recipient({})]));
    expect(pages.length).toBeGreaterThanOrEqual(4);
    const half = pages.length / 2;
    pages.forEach((page, index) => expect(page).toContain(`Page ${(index % half) + 1} of ${half}`));
    expect(pages.filter((page) => page.includes("Dear Ann,"))).toHaveLength(1);
    expect(pages.filter((page) => page.includes("Or type"))).toHaveLength(2);
  });

  test("keeps even the longest address within the window", async () => {
    const street = "The Old Rectory, Upper Long Crendon Lane behind Saint Bartholomew the Great\n".repeat(9);
    for (const layout of ["din", "right", "us10"] as const) {
      const bytes = await bytesOf(pdfOf("Hello", [recipient({ typedName: "Ann Hale" }, { street })], layout));
      expect(bytes.subarray(-6).toString()).toContain("%%EOF");
    }
  });

  test("to nobody is a page that says so", async () => {
    expect((await pagesOfPdf(pdfOf("Hello", []))).join("")).toContain("There is nobody to write to.");
  });
});

test("the boxes of a QR code are its dark squares and no others", () => {
  const text = `https://ledger.brandt.example/r/${"aB3-".repeat(20)}`;
  const { modules } = qrcode.create(text, { errorCorrectionLevel: "M" });
  const { boxes, square } = qrBoxes(text, { x: 0, y: 0, side: modules.size });
  expect(square).toBe(1);
  const drawn = Array.from({ length: modules.size ** 2 }, () => 0);
  for (const { x, y, width } of boxes) for (let at = x; at < x + width; at += 1) drawn[y * modules.size + at] = 1;
  expect(drawn).toEqual([...modules.data].map(Number));
});

test("the firm's country chooses the paper", () => {
  expect(["DE", "GB", "US", "CA", "FR", "NG"].map(usualLayout)).toEqual(["din", "din", "us10", "us10", "right", "din"]);
});
