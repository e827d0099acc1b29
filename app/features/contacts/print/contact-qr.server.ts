import qrcode from "qrcode";
import { type ContactValues } from "~/features/contacts/contact";
import { shortVcard } from "~/features/contacts/print/vcard";

/**
 * A contact as a QR code that a phone reads from a screen or from paper. Each letter makes the squares smaller: with
 * 69 squares a side (version 13) they are half a millimetre on 4 cm of paper, which the cameras of the last ten years
 * make out at arm's length. What does not fit is left out, the address first.
 */
export interface ContactQr {
  /** An SVG in a data: address, which the policy allows for images only. */
  src: string;
  /** What was known and would have made the squares too small. */
  leftOut: "nothing" | "address" | "most";
}

const MOST_SQUARES = 69;

/** Medium: 15 % may be dirty or folded away. More would take smaller squares, which costs more than it gives. */
const errorCorrectionLevel = "M";

export async function contactQr(values: ContactValues): Promise<ContactQr> {
  const { text, leftOut } = chosen(values);
  // Four squares of white around it are part of the code (ISO/IEC 18004, 5.3.8).
  const svg = await qrcode.toString(text, { type: "svg", margin: 4, errorCorrectionLevel });
  return { src: `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`, leftOut };
}

function chosen(values: ContactValues): { text: string; leftOut: ContactQr["leftOut"] } {
  const whole = shortVcard(values);
  if (squares(whole) <= MOST_SQUARES) return { text: whole, leftOut: "nothing" };
  const withoutAddress = shortVcard(values, { withAddress: false });
  if (squares(withoutAddress) <= MOST_SQUARES) return { text: withoutAddress, leftOut: "address" };
  return { text: shortVcard(shortened(values), { withAddress: false }), leftOut: "most" };
}

/** No code holds more than this at this level, and asking for one is an error (ISO/IEC 18004, table 7). */
const MOST_OCTETS = 2_331;

function squares(text: string): number {
  if (Buffer.byteLength(text) > MOST_OCTETS) return Infinity;
  return qrcode.create(text, { errorCorrectionLevel }).modules.size;
}

const MOST_LETTERS = 40;

function shortened(values: ContactValues): ContactValues {
  const cut = (text: string | null) => text && Array.from(text).slice(0, MOST_LETTERS).join("");
  return {
    ...values,
    typedName: cut(values.typedName),
    givenName: cut(values.givenName),
    familyName: cut(values.familyName),
    company: cut(values.company),
    jobTitle: null,
    // Half an address reaches nobody.
    emails: values.emails.filter(({ value }) => value.length <= 2 * MOST_LETTERS),
  };
}
