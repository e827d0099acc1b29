import { type Channel, channels } from "~/features/contacts/consent/consent";
import { refuse } from "~/features/contacts/subject/contact-subject-text";
import { oneLine } from "~/features/contacts/values/typed-text";
import { type MappedCell, type MappedRow, type Refusal, type SubjectField } from "~/features/pipeline/subject";

/** Channels that a row says are not to be used. "No" says nothing: a file never lifts a mark. */

export const consentFields: Readonly<Record<Channel, string>> = {
  email: "noEmail",
  phone: "noPhone",
  letter: "noLetters",
};

/** And what such columns are called: those of our own exports first. */
export const consentSubjectFields: readonly SubjectField[] = [
  {
    id: "noEmail",
    label: "Not by email (yes or no)",
    many: false,
    words:
      "no email, no e mail, no emails, do not email, email opt out, opt out email, email optout, has opted out of email, unsubscribed, keine e mail, keine e mails, keine email, nicht per e mail, e mail abgemeldet, abgemeldet, pas d email, pas d e mail, pas de mail, ne pas envoyer d email, desabonne, sin email, sin correo, no enviar correo, no enviar email, dado de baja, niente email, non inviare email, disiscritto, geen e mail, geen email, niet mailen, uitgeschreven, sem email, bez e mail".split(
        ", ",
      ),
  },
  {
    id: "noPhone",
    label: "Not by phone (yes or no)",
    many: false,
    words:
      "no phone, no calls, do not call, do not phone, do not ring, phone opt out, keine anrufe, nicht anrufen, kein telefon, nicht per telefon, pas d appel, pas d appels, ne pas appeler, pas de telephone, no llamar, sin llamadas, sin telefono, non chiamare, non telefonare, niente telefono, niet bellen, geen telefoon, nao ligar, nie dzwonic".split(
        ", ",
      ),
  },
  {
    id: "noLetters",
    label: "Not by letter (yes or no)",
    many: false,
    words:
      "no letters, no letter, no post, do not post, do not send letters, keine briefe, keine post, nicht per post, kein brief, pas de courrier, pas de lettre, pas de lettres, sin cartas, no enviar cartas, no enviar correo postal, niente lettere, niente posta, geen post, geen brieven, sem cartas, bez listow".split(
        ", ",
      ),
  },
];

const yes =
  "yes, y, true, 1, x, ok, on, ✓, ✔, ✗, ☑, ja, j, wahr, oui, o, vrai, si, sí, sì, s, verdadero, vero, sim, waar, tak, prawda, stop, opt-out, opt out, opted out, unsubscribed, abgemeldet";
const no =
  "no, n, false, 0, off, -, –, ☐, nein, falsch, non, faux, falso, não, nao, nee, onwaar, nie, fałsz, none, n/a";
const words = new Map([
  ...yes.split(", ").map((word) => [word, true] as const),
  ...no.split(", ").map((word) => [word, false] as const),
]);

/** The day on which they said so, as lists of people who unsubscribed have it. */
const aDay = /^\d{4}-\d\d?-\d\d?|^\d\d?[./-]\d\d?[./-]\d{2,4}/;

/** Null where it says neither. */
function saysYes(cell: MappedCell): boolean | null {
  const text = oneLine(cell.text).toLowerCase();
  return words.get(text) ?? (aDay.test(text) ? true : null);
}

export function noContactOf(row: MappedRow): Channel[] {
  return channels.filter((channel) => row.get(consentFields[channel])?.some((cell) => saysYes(cell)));
}

export function unreadableConsent(row: MappedRow): Refusal[] {
  return channels
    .flatMap((channel) => row.get(consentFields[channel]) ?? [])
    .filter((cell) => saysYes(cell) === null)
    .map((cell) => refuse(cell, "Write yes where this is not to be used, or leave the cell empty.", "yes-no"));
}
