/** Where a column goes, as somebody would guess who knows languages a little. */

interface Question {
  fields: readonly { id: string; label: string }[];
  columns: readonly { id: string; name: string; samples: readonly string[] }[];
}

interface Judged {
  id: string;
  field: string;
  confidence: number;
  why: string;
}

/** What it was asked, if it was asked so: JSON somewhere in a message. */
export function readQuestion(text: string): Question | null {
  const [from, to] = [text.indexOf("{"), text.lastIndexOf("}")];
  try {
    const found = JSON.parse(text.slice(from, to + 1)) as Partial<Question> | null;
    return Array.isArray(found?.fields) && Array.isArray(found.columns) ? (found as Question) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Pieces of words, by the field that they speak for; what stands first is looked for first. */
const pieces: readonly (readonly [piece: RegExp, field: string])[] = [
  [/opt.?out|unsub|abmeld|no.?mail/, "noEmail"],
  [/courriel|e.?mail|correo|post.?fach/, "email"],
  [/handy|mobil|cell|natel|gsm/, "mobile"],
  [/fax/, "fax"],
  [/phon|\btel|rufnummer|durchwahl|extension/, "phone"],
  [/rufname|vorname|prenom|given|first|forename|nick/, "givenName"],
  [/nachname|family|surname|last|maiden/, "familyName"],
  [/born|birth|geb|naiss|anniver/, "birthday"],
  [/plz|zip|post.?code|postal/, "postalCode"],
  [/ort\b|stadt|city|town|ville/, "city"],
  [/str|rue|road|addr|anschrift/, "street"],
  [/land|country|pays|nation/, "country"],
  [/firm|compan|employ|arbeitgeb|societe|organi[sz]/, "company"],
  [/titel|title|role|posit|funktion|beruf|job/, "jobTitle"],
  [/segment|tag|kategor|tier|grupp|status|label/, "tags"],
  [/sprach|lang/, "language"],
  [/name|kontakt|person/, "name"],
  [/note|notiz|remark|bemerk|comment|memo|text|history|interest|hobby/, "notes"],
];

const shapes: readonly (readonly [shape: RegExp, field: string, why: string])[] = [
  [/^\S+@\S+\.\S+$/, "email", "The samples have the shape of email addresses."],
  [/^\+9[9 ()/-]{6,}$|^0?99+[ /-]9[9 -]{4,}$/, "phone", "The samples have the shape of phone numbers."],
  [
    /^9{4}-99-99$|^99[./]99[./]9{4}$/,
    "birthday",
    "The samples are dates, and of a person that is most often the birthday.",
  ],
];

/** One judgement for each column. Of the same name it says the same, every time. */
export function judge({ fields, columns }: Question): Judged[] {
  const offered = new Set(fields.map(({ id }) => id));
  return columns.map(({ id, name, samples }) => {
    const plain = name
      .normalize("NFKD")
      .replace(/\p{M}+/gu, "")
      .toLowerCase();
    const byName = pieces.find(([piece, field]) => offered.has(field) && piece.test(plain));
    const byShape = shapes.find(([shape, field]) => offered.has(field) && samples.some((sample) => shape.test(sample)));
    if (byName && byShape && byName[1] === byShape[1])
      return judged(id, byName[1], 0.97, `Its name and its samples say so.`);
    if (byName) return judged(id, byName[1], byShape ? 0.6 : 0.85, `“${name}” is another word for it.`);
    if (byShape) return judged(id, byShape[1], 0.7, byShape[2]);
    const [label] = fields.filter(({ label }) => sameWord(label, plain));
    return label ? judged(id, label.id, 0.8, "It is called alike.") : judged(id, "", 0.4, "Nothing fits it.");
  });
}

function judged(id: string, field: string, confidence: number, why: string): Judged {
  return { id, field, confidence, why };
}

function sameWord(label: string, name: string): boolean {
  const words = name.split(/[^\p{L}]+/u).filter((word) => word.length > 3);
  return words.some((word) => label.toLowerCase().includes(word));
}
