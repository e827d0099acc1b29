import { refuse, textOf } from "~/features/contacts/subject/contact-subject-text";
import { type DayPlace, type DayReading, readBirthday, readDiedOn } from "~/features/contacts/values/birthday";
import { type MappedRow, type ReaderSettings, type Refusal } from "~/features/pipeline/subject";

/** The birthday and the day of death of a row's contact. */

export function dayPlaceOf(settings: ReaderSettings): DayPlace {
  const { phoneCountry, locale = "en-GB", today = "9999-12-31", dateOrder, dayNumbers } = settings;
  return { country: phoneCountry, locale, today, order: dateOrder, dayNumbers };
}

/** Outlook's way of saying that there is none. */
const noDay = /^0+[./-]0+[./-]0+$/;

function read(row: MappedRow, place: DayPlace): { birthday: DayReading | null; diedOn: DayReading | null } {
  const text = (field: string) => {
    const text = textOf(row, field);
    return text === null || noDay.test(text) ? null : text;
  };
  const [born, died] = [text("birthday"), text("diedOn")];
  const birthday = born === null ? null : readBirthday(born, place);
  const known = birthday?.ok ? birthday.value : null;
  return { birthday, diedOn: died === null ? null : readDiedOn(died, { ...place, birthday: known }) };
}

export function daysOf(row: MappedRow, place: DayPlace): { birthday: string | null; diedOn: string | null } {
  const { birthday, diedOn } = read(row, place);
  return { birthday: birthday?.ok ? birthday.value : null, diedOn: diedOn?.ok ? diedOn.value : null };
}

/** One of them, or null for any other field. */
export function dayOf(row: MappedRow, field: string, place: DayPlace): string | null {
  return field === "birthday" || field === "diedOn" ? daysOf(row, place)[field] : null;
}

export function unreadableDays(row: MappedRow, place: DayPlace): Refusal[] {
  return Object.entries(read(row, place)).flatMap(([field, reading]) => {
    const cell = row.get(field)?.[0];
    return cell && reading && !reading.ok ? [refuse(cell, reading.reason, "date")] : [];
  });
}
