import qrcode from "qrcode";
import { type Holder, openOffer } from "~/features/sign-in/second-factor.server";
import { totpUri } from "~/features/sign-in/totp";
import { type Keys } from "~/platform/encryption.server";

export interface AuthenticatorOffer {
  /** The secret as base32, to type by hand. */
  secret: string;
  /** The same as a QR code: an SVG in a data: address, which the policy allows for images only. */
  qrCode: string;
}

/** What the page that sets up an authenticator app shows. */
export async function authenticatorOffer(
  keys: Keys,
  holder: Holder,
  offered: string,
  email: string,
): Promise<AuthenticatorOffer> {
  const secret = openOffer(keys, holder, offered);
  const svg = await qrcode.toString(totpUri(secret, email), { type: "svg", margin: 2, errorCorrectionLevel: "M" });
  return { secret, qrCode: `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}` };
}
