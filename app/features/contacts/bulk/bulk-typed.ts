/** The form that asks what to change, as it is typed. */

export const bulkTexts = [
  "what",
  "tags",
  "company",
  "jobTitle",
  "kind",
  "language",
  "timeZone",
  "notes",
  "owner",
  "reason",
] as const;
export type BulkText = (typeof bulkTexts)[number];

export interface BulkTyped extends Record<BulkText, string> {
  channels: string[];
  /** Of the account's own fields, by their ids. */
  custom: Record<string, string>;
}

/** What one of the account's own fields is called on a form. */
export type OwnInput = `custom.${string}`;

export function inputOf({ id }: { id: string }): OwnInput {
  return `custom.${id}`;
}

export type BulkInput = BulkText | "channel" | OwnInput;
export type BulkErrors = Partial<Record<BulkInput, string[]>>;

export const nothingTyped: BulkTyped = {
  ...{ what: "", tags: "", company: "", jobTitle: "", kind: "", language: "", timeZone: "", notes: "", owner: "" },
  ...{ reason: "", channels: [], custom: {} },
};

/** Every choice of the form: the three that are commands of their own, and a field by its name. */
export const bulkChoices = [
  "tag",
  "untag",
  "company",
  "jobTitle",
  "kind",
  "language",
  "timeZone",
  "notes",
  "owner",
  "marks",
  "archive",
  "unarchive",
  "delete",
] as const;
export const choiceNames: Record<(typeof bulkChoices)[number], string> = {
  tag: "Add tags",
  untag: "Take tags away",
  company: "Set the company",
  jobTitle: "Set the job title",
  kind: "Set the kind",
  language: "Set the language",
  timeZone: "Set the time zone",
  notes: "Write over the notes",
  owner: "Hand over to somebody",
  marks: "Mark: do not contact",
  archive: "Archive",
  unarchive: "Take out of the archive",
  delete: "Delete",
};
