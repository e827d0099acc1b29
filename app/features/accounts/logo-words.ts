import { type LogoRefusal } from "~/features/accounts/logo.server";
import { MAX_PIXELS_A_SIDE } from "~/platform/pictures/picture-reading";
import { type Place } from "~/platform/time";

/** What was wrong with the file, and what to do about it. */
export function logoAdvice(refusal: LogoRefusal, { locale }: Pick<Place, "locale">): string {
  const number = (count: number) => count.toLocaleString(locale);
  switch (refusal.reason) {
    case "too-large":
      return "This file is larger than 1 MB. Save the logo smaller: 600 pixels across are plenty.";
    case "too-wide": {
      const most = number(MAX_PIXELS_A_SIDE);
      const size = `${number(refusal.width)} × ${number(refusal.height)}`;
      return `This picture has ${size} pixels. Save it with at most ${most} × ${most}.`;
    }
    case "damaged":
      return "This picture is damaged or was cut off on its way. Save it again, or send another.";
    case "no-picture":
      return `${whatItIs(refusal.kind)} Save the logo as PNG or JPEG, and send that.`;
  }
}

function whatItIs(kind: string | null): string {
  if (kind === null) return "This is no picture that can be shown, whatever its name says.";
  if (kind === "SVG") return "This is a drawing (SVG), which could carry a program.";
  if (kind === "HTML") return "This is a web page, not a picture.";
  return `This is ${/^[AHI]/.test(kind) ? "an" : "a"} ${kind} file.`;
}
