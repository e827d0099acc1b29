/** What a column's name calls the emails or phones in it: "Summer house phone" → "Summer house". */
import { limits } from "~/features/contacts/contact-limits";
import { plainLabel } from "~/features/contacts/subject/contact-subject-labels";

const kindWords = {
  email: /\b(?:e[- _]?mails?|mails?|courriel|correo|posta elettronica)\b/iu,
  phone: /\b(?:phones?|telephone|téléphone|telefon|telefonnummer|teléfono|telefono|telefoon|tel|rufnummer|fon)\b\.?/iu,
};

/** What says nothing of whose or where it is. */
const empty = new Set(
  "address addresses adresse adressen adres number numbers no nr num nummer numero value primary main first second third other additional alternate alternative contact contacts client customer person personal kunde kunden der die das the of de la le di und and 1 2 3 4 5 6 7 8 9".split(
    " ",
  ),
);
const MOST_WORDS = 3;

/** Null where the name says nothing but email or phone. */
export function labelInName(column: string, kind: "email" | "phone"): string | null {
  if (column.length > 80 || !kindWords[kind].test(column)) return null;
  const words = (column.replace(kindWords[kind], " ").match(/[\p{L}\p{M}\d'’]+/gu) ?? []).filter(
    (word) => !empty.has(word.toLowerCase()) && !/^\d+$/.test(word),
  );
  return words.length === 0 || words.length > MOST_WORDS ? null : plainLabel(words.join(" ").slice(0, limits.label));
}
