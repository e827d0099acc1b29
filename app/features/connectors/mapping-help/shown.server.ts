/** Somebody agrees to what a page showed them: nothing else leaves the house, and to nobody else. */
import { hash } from "node:crypto";
import { type ModelSettings } from "~/features/connectors/mapping-help/model-settings.server";
import { type Question } from "~/features/connectors/mapping-help/question";

/** A model as whoever asks it is shown it. */
export interface AskedModel {
  host: string;
  name: string;
  /** How many masked samples of a column it is shown, at the most. */
  samples: number;
}

export function askedModel({
  address,
  model: name,
  samples,
}: Pick<ModelSettings, "address" | "model" | "samples">): AskedModel {
  return { host: new URL(address).host, name, samples };
}

/** All that would be sent, and to whom, in a few letters: the page carries them. */
export function shownAs(questions: readonly Question[], { host, name, samples }: AskedModel): string {
  return hash("sha256", JSON.stringify([host, name, samples, questions]), "hex");
}

const CHANGED =
  "Its settings were changed before it was asked. Nothing was sent: look at what would be, and ask again.";

/** Why what was asked for is not sent after all: another model, or fewer samples, is something else. Null: it is as it was. */
export function changedSince(
  settings: ModelSettings,
  { host, model, questions }: { host: string; model: string; questions: readonly Question[] },
): string | null {
  const now = askedModel(settings);
  const most = Math.max(0, ...questions.flatMap(({ columns }) => columns.map(({ samples }) => samples.length)));
  return now.host === host && now.name === model && most <= now.samples ? null : CHANGED;
}
