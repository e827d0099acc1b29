import {
  ARCHIVED,
  BY_NAME,
  COURTESY,
  DELETED_HERE,
  NOBODY_THERE,
  OWNER_UNKNOWN,
  THERE_ALREADY,
  UNKNOWN_ID,
} from "~/features/contacts/subject/remark-names";
import { type SubjectRemark } from "~/features/pipeline/subject";

/** What may be said of rows of contacts beyond new, changed and the same. */

const rowsAre = (one: string, many: string): SubjectRemark["sentence"] => {
  return (rows, locale) => (rows === 1 ? `1 row ${one}` : `${rows.toLocaleString(locale)} rows ${many}`);
};

export const contactRemarks: Readonly<Record<string, SubjectRemark>> = {
  [ARCHIVED]: {
    short: "archived",
    sentence: rowsAre("is an archived contact; it stays archived.", "are archived contacts; they stay archived."),
    query: "archived=yes",
  },
  [BY_NAME]: {
    short: "by name",
    sentence: rowsAre(
      "was taken for an existing contact by name and company or phone, without the same email.",
      "were taken for an existing contact by name and company or phone, without the same email.",
    ),
    query: null,
  },
  [UNKNOWN_ID]: {
    short: "its Tallybook ID is not known here",
    sentence: rowsAre(
      "has a Tallybook ID that nobody here has, and was matched without it.",
      "have a Tallybook ID that nobody here has, and were matched without it.",
    ),
    query: null,
  },
  [THERE_ALREADY]: {
    short: "there already, left alone",
    sentence: rowsAre(
      "is a contact that is there already. Only new ones were to be added, so it was left alone.",
      "are contacts that are there already. Only new ones were to be added, so they were left alone.",
    ),
    query: null,
  },
  [NOBODY_THERE]: {
    short: "fits nobody, left out",
    sentence: rowsAre(
      "fits nobody. Only contacts that are there were to be changed, so it was left out.",
      "fit nobody. Only contacts that are there were to be changed, so they were left out.",
    ),
    query: null,
  },
  [DELETED_HERE]: {
    short: "deleted here, left alone",
    sentence: rowsAre(
      "is of a contact that was deleted here. It stays deleted.",
      "are of contacts that were deleted here. They stay deleted.",
    ),
    query: null,
  },
  [COURTESY]: {
    short: "“Mr”, “Ms” or the like left out",
    sentence: rowsAre(
      "has “Mr”, “Ms” or the like for a title. That is no part of a name: contacts do not keep it.",
      "have “Mr”, “Ms” or the like for a title. That is no part of a name: contacts do not keep it.",
    ),
    query: null,
  },
  [OWNER_UNKNOWN]: {
    short: "nobody of that name to look after them",
    sentence: rowsAre(
      "names somebody to look after the contact who is no member here, or shares the name with another; that was left as it is. Write their email to be sure.",
      "name somebody to look after the contact who is no member here, or shares the name with another; that was left as it is. Write their email to be sure.",
    ),
    query: null,
  },
};
