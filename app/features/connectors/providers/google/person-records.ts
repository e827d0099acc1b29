/** A person of the People API as records of a stream. */
import { type JsonObject, OutOfOrder, type SourceRecord } from "~/features/connectors/connector";
import { type Person } from "~/features/connectors/providers/google/people-api";

/** What groups are called, by their resource names. */
export type GroupNames = ReadonlyMap<string, string>;

/** Usually one. Who was renamed and is deleted is gone under each name. */
export function recordsOf(person: Person, fields: readonly string[], names: GroupNames): SourceRecord[] {
  const { resourceName: id, metadata } = person;
  if (!id) throw new OutOfOrder("Google sent a contact that has no name to know it by.");
  const formerIds = metadata?.previousResourceNames ?? [];
  if (metadata?.deleted) return [id, ...formerIds].map((each) => ({ id: each, gone: "deleted" }));
  return [
    {
      id,
      payload: payloadOf(person, fields, names),
      changedAt: changedAtOf(person),
      ...(formerIds.length > 0 ? { formerIds } : {}),
    },
  ];
}

/** Only the fields: etags and times change without anything else having changed. */
function payloadOf(person: Person, fields: readonly string[], names: GroupNames): JsonObject {
  const whole: Readonly<Record<string, unknown>> = { ...person, memberships: membershipsOf(person, names) };
  const chosen = fields.flatMap((field) => (whole[field] === undefined ? [] : [[field, whole[field]] as const]));
  return Object.fromEntries(chosen.sort(([a], [b]) => (a < b ? -1 : 1))) as JsonObject;
}

/** With what the group is called, as the membership itself only has its id. */
function membershipsOf({ memberships }: Person, names: GroupNames) {
  const known = memberships?.flatMap((membership) => {
    const name = names.get(membership.contactGroupMembership?.contactGroupResourceName ?? "");
    return name === undefined ? [] : [{ ...membership, name }];
  });
  return known && known.length > 0 ? known : undefined;
}

function changedAtOf({ metadata }: Person): string | null {
  const time = Date.parse(metadata?.sources?.find(({ type }) => type === "CONTACT")?.updateTime ?? "");
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
