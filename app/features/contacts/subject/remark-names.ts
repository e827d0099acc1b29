/** Remarks on rows that were taken: their contact is archived; it was known by its name and not by an email. */
export const ARCHIVED = "archived";
export const BY_NAME = "by-name";
/** The row has an id that nobody has. */
export const UNKNOWN_ID = "unknown-id";
/** Remarks on rows that the rules kept out: somebody is there already, or nobody is. */
export const THERE_ALREADY = "there-already";
export const NOBODY_THERE = "nobody-there";
/** Its contact was deleted here, and stays deleted. */
export const DELETED_HERE = "deleted-here";
/** "Herr" or "Ms" stood as its title, of which a contact keeps nothing. */
export const COURTESY = "courtesy";
/** A row that names nobody who could look after its contact. */
export const OWNER_UNKNOWN = "owner-unknown";
