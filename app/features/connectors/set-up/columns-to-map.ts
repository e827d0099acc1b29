/** The columns of what is read, each beside where it goes and why it is thought to. */
import { type Stream } from "~/features/connectors/connector";
import { modelSuggestions } from "~/features/connectors/mapping-help/model-suggestions";
import { type Asked } from "~/features/connectors/mapping-help/proposals.server";
import { type SetUp } from "~/features/connectors/set-up/find-set-up.server";
import { asConfirmed } from "~/features/connectors/set-up/confirmed-columns.server";
import { chosenColumns, type Offers } from "~/features/connectors/set-up/offers";
import { type Cells, examplesOf, valuesOf } from "~/features/connectors/set-up/read-examples.server";
import {
  bestSuggestions,
  byNamesAndValues,
  ofKind,
  passedOver,
  providersOwn,
  type Suggestion,
} from "~/features/connectors/set-up/suggestions";
import { kindOf } from "~/features/connectors/streams-of";
import { type SubjectField } from "~/features/pipeline/subject";
import { type Scope } from "~/platform/scope.server";

export interface ColumnShown {
  id: string;
  label: string;
  examples: string[];
  /** Where it goes, or is thought to; "" for nowhere. */
  field: string;
  /** A person has said so. */
  isApproved: boolean;
  /** Somebody or something says where it goes, be it nowhere. */
  isDecided: boolean;
  /** What is thought of it; null: nobody has any idea. */
  suggestion: Suggestion | null;
  /** What was said of it and does not hold, as another column goes there; null: nothing was. */
  passedOver: Suggestion | null;
}

export interface StreamToMap {
  id: string;
  /** "contacts" */
  many: string;
  columns: ColumnShown[];
}

interface Mapping {
  setUp: Pick<SetUp, "selection" | "mapping" | "confirmed">;
  offers: Offers;
  /** What its system is called. */
  provider: string;
  fields: readonly SubjectField[];
  /** Of the first records. */
  cells: readonly Cells[];
  /** What a model that was asked proposed. */
  asked: Asked | null;
}

/** What is not chosen is not in it: nothing of it is read. */
export function columnsToMap(
  scope: Pick<Scope, "place" | "user">,
  stream: Stream,
  { setUp, offers, provider, fields, cells, asked }: Mapping,
): StreamToMap {
  const { id: streamId, noun } = stream;
  const columns = chosenColumns(setUp.selection, offers, streamId);
  const values = columns.map((column) => valuesOf(column, cells));
  const ids = columns.map(({ id }) => id);
  const sources = [
    ids.map((id) => asConfirmed(scope, setUp.confirmed[streamId]?.[id])),
    providersOwn(columns, provider),
    ofKind(byNamesAndValues(columns, values, fields), kindOf(stream, setUp.selection[streamId]?.kind)),
    modelSuggestions(asked, streamId, ids),
  ];
  const suggestions = bestSuggestions(fields, columns.length, sources);
  const others = passedOver(suggestions, fields, sources);
  const approved = approvedOf(setUp, streamId);
  return {
    id: streamId,
    many: noun.many,
    columns: columns.map((column, index) => {
      const { id, label } = column;
      const suggestion = suggestions[index] ?? null;
      const saved = approved.get(id);
      const field = saved ?? suggestion?.field ?? "";
      return {
        id,
        label,
        examples: examplesOf({ columns: [column] }, cells),
        field,
        isApproved: saved !== undefined,
        isDecided: saved !== undefined || suggestion !== null,
        suggestion,
        passedOver: others[index] ?? null,
      };
    }),
  };
}

/** What a person has said of columns; what was left as nobody knows it is not in it. */
function approvedOf({ mapping }: Pick<SetUp, "mapping">, streamId: string): ReadonlyMap<string, string> {
  const { columns = [], fields = [], undecided = [] } = mapping[streamId] ?? {};
  const said = columns.map(({ id }, index): [string, string] => [id, fields[index] ?? ""]);
  return new Map(said.filter(([id]) => !undecided.includes(id)));
}

/** How many columns are read that nobody has looked at yet: those go nowhere. */
export function notLookedAt({ selection, mapping }: Pick<SetUp, "selection" | "mapping">, offers: Offers): number {
  return Object.keys(selection).reduce((count, streamId) => {
    const known = new Set(mapping[streamId]?.columns.map(({ id }) => id));
    return count + chosenColumns(selection, offers, streamId).filter(({ id }) => !known.has(id)).length;
  }, 0);
}
