/**
 * Any system that has a Singer tap: a program that writes records as lines of JSON (hub.meltano.com/singer/spec). Which of
 * them run here is whoever runs this installation's to say, each is a provider of its own; decision 033 has the reasons.
 */
import { type Connection, type Provider, type Stream } from "~/features/connectors/connector";
import { type AllowedTap, type TapLimits, usualLimits } from "~/features/connectors/providers/singer/allowed-tap";
import { discoverStreams, selected, type TapStream } from "~/features/connectors/providers/singer/catalog";
import { logo } from "~/features/connectors/providers/singer/logo";
import { messageIn, readTap } from "~/features/connectors/providers/singer/read-tap";
import { saysCompanies } from "~/features/connectors/providers/singer/list-names";
import { isObject } from "~/features/connectors/reading/answers";
import { cellsOf, fieldsOf } from "~/features/connectors/providers/singer/record-fields";
import { runTap, type TapWorld } from "~/features/connectors/providers/singer/run-tap";
import { settingsForm } from "~/features/connectors/providers/singer/settings-form";
import { sweepTapFolders } from "~/features/connectors/providers/singer/tap-folder";

export function singerTap(tap: AllowedTap, limits: TapLimits = usualLimits): Provider {
  const world = { tap, limits };
  return {
    id: tap.id,
    name: tap.label,
    category: "taps",
    reads: `What the Singer tap ${tap.id} reads of ${tap.label}: you choose which of its lists and fields.`,
    needs: "What the tap needs to sign in there, as its own documents describe it.",
    words: ["singer", "meltano", "tap", tap.id],
    logo,
    help: `https://hub.meltano.com/extractors/${tap.id}`,
    access: { kind: "key" },
    settings: settingsForm(tap),
    streams: [],
    findStreams: async (connection) => (await discoverStreams(connection, world)).map(toStream),
    whose: () => Promise.resolve(null),
    test: (connection) => test(connection, world),
    discover: async (connection, streamId) => {
      const found = (await discoverStreams(connection, world)).find(({ id }) => id === streamId);
      return found ? fieldsOf(found) : [];
    },
    read: (connection, reading) => readTap(connection, world, reading),
    cellsOf: (_streamId, payload) => cellsOf(payload),
    tidy: sweepTapFolders,
  };
}

/** A whole table tells by itself what is gone; what only tells changes does not. */
function toStream({ id, name, method, schema: { properties } }: TapStream): Stream {
  const fields = isObject(properties) ? Object.keys(properties) : [];
  return {
    ...{ id, noun: { one: `record of ${name}`, many: `records of ${name}` }, subject: "contacts" },
    changes: method === "INCREMENTAL" || method === "LOG_BASED",
    wholeTellsGone: method === "FULL_TABLE",
    hasStart: false,
    kinds,
    ...(saysCompanies(name, fields) ? { likelyKind: "companies" } : {}),
  };
}

/** A tap says what its lists are called, not what is in them. */
const kinds = [
  { id: "people", label: "People", constants: { kind: "individual" } },
  { id: "companies", label: "Companies", constants: { kind: "business" }, instead: { name: "company" } },
];

/** What it has to offer may be known without asking anybody: so it is read until the first record, or the end. */
async function test(connection: Connection, world: TapWorld): Promise<void> {
  const streams = await discoverStreams(connection, world);
  const [first] = streams;
  if (!first) return;
  const catalog = selected(
    streams,
    first.id,
    fieldsOf(first).map(({ id }) => id),
  );
  const lines = runTap(connection, world, { kind: "read", catalog, state: null, gotOn: () => false });
  for await (const line of lines) if (messageIn(world, line)?.type === "RECORD") return;
}
