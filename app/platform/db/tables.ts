/**
 * The tables Kysely knows. Each feature adds its own where it lives:
 *
 *     declare module "~/platform/db/tables" {
 *       interface Tables { contacts: ContactsTable }
 *     }
 *
 * so that the platform needs no product words. Row types use the one result type of both engines: ids, instants
 * (ISO 8601 UTC) and plain dates are strings, money is a bigint of minor units, JSON columns hold text written and
 * read by `platform/db/json`.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled by declaration merging
export interface Tables {}
