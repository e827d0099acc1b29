/** The fields of a system as a page shows them: the chosen ones on top, the others by group, narrowed where wanted. */
import { type SourceField, type Stream } from "~/features/connectors/connector";
import { type Selection } from "~/features/connectors/connector-settings";
import { type Offers, usualSelection } from "~/features/connectors/set-up/offers";

export interface FieldShown {
  id: string;
  label: string;
  group: string;
  isChosen: boolean;
  /** Records cannot be read without it. */
  always: boolean;
  /** The system offers it no longer. */
  isGone: boolean;
}

export interface StreamShown {
  id: string;
  /** "contacts" */
  many: string;
  isRead: boolean;
  hasStart: boolean;
  /** "Only orders that were placed on or after" */
  startLabel: string;
  start: string;
  /** What its records may be said to be; none where that is known. */
  kinds: { id: string; label: string }[];
  /** What they are said to be; "" for nothing. */
  kind: string;
  /** Chosen, or found by what was searched for. */
  top: FieldShown[];
  /** All others. None while the list is narrowed. */
  groups: { name: string; fields: FieldShown[] }[];
  /** Chosen, and out of sight: the page carries them along. */
  carried: string[];
  offered: number;
  chosen: number;
}

/** `query`: as typed; "" shows all. */
export function streamsShown(
  streams: readonly Stream[],
  { offers, chosen, query, plain }: { offers: Offers; chosen: Selection; query: string; plain: Plain },
): StreamShown[] {
  return streams.map((stream) => {
    const read = chosen[stream.id];
    // Whoever reads it after all finds the usual ones ticked.
    const ticked = read ?? usualSelection([stream], offers)[stream.id];
    const all = fieldsShown(offers[stream.id] ?? [], ticked?.fields ?? []);
    const words = plain(query).split(/\s+/).filter(Boolean);
    const isMatch = ({ label, id, group }: FieldShown) => {
      const text = plain(`${label} ${id} ${group}`);
      return words.every((word) => text.includes(word));
    };
    const isNarrowed = words.length > 0;
    const top = all.filter((field) => (isNarrowed ? isMatch(field) : field.isChosen));
    const inSight = new Set(top);
    return {
      ...{ id: stream.id, many: stream.noun.many, isRead: read !== undefined },
      ...{ hasStart: stream.hasStart, startLabel: startLabel(stream) },
      ...{ start: read?.start ?? "", ...kindsShown(stream, ticked) },
      top,
      groups: isNarrowed ? [] : byGroup(all.filter((field) => !inSight.has(field))),
      carried: all.filter((field) => field.isChosen && !inSight.has(field)).map(({ id }) => id),
      offered: all.length,
      chosen: all.filter(({ isChosen }) => isChosen).length,
    };
  });
}

function kindsShown({ kinds = [] }: Stream, ticked: Selection[string] | undefined) {
  return { kinds: kinds.map(({ id, label }) => ({ id, label })), kind: ticked?.kind ?? "" };
}

/** Without case and marks. */
type Plain = (text: string) => string;

function fieldsShown(offered: readonly SourceField[], chosen: readonly string[]): FieldShown[] {
  const isChosen = new Set(chosen);
  const shown = offered.map(({ id, label, group, always = false }) => {
    return { id, label, group, always, isChosen: always || isChosen.has(id), isGone: false };
  });
  const known = new Set(offered.map(({ id }) => id));
  const gone = chosen.filter((id) => !known.has(id));
  return [...shown, ...gone.map((id) => ({ id, label: id, group: "", always: false, isChosen: true, isGone: true }))];
}

function byGroup(fields: readonly FieldShown[]): StreamShown["groups"] {
  const groups = new Map<string, FieldShown[]>();
  for (const field of fields) groups.set(field.group, [...(groups.get(field.group) ?? []), field]);
  return [...groups].map(([name, fields]) => ({ name, fields }));
}

function startLabel({ noun, startsWith }: Stream): string {
  if (startsWith === undefined) return "Only what changed there on or after";
  return `Only ${noun.many} that ${startsWith} on or after`;
}
