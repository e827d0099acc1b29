/** What a connector has to read: what its provider says of all, or what was found of this one. */
import { type Provider, type Stream, type StreamKind } from "~/features/connectors/connector";

export function streamsOf(
  { streams }: Pick<Provider, "streams">,
  connector: { streams: readonly Stream[] | null },
): readonly Stream[] {
  return connector.streams ?? streams;
}

/** The provider as it is for one connector: with the streams that were found of that. */
export function providerOf<One extends Pick<Provider, "streams">>(
  provider: One,
  connector: { streams: readonly Stream[] | null },
): One {
  return connector.streams === null ? provider : { ...provider, streams: connector.streams };
}

/** As `connectors.streams` has it. */
export function storedStreams(text: string | null): readonly Stream[] | null {
  return text === null ? null : (JSON.parse(text) as Stream[]);
}

/** What all records of a stream have in common: by itself, and as somebody says it is of a kind. */
export function constantsOf(stream: Stream, kind: string | undefined): Record<string, string> {
  return { ...stream.constants, ...kindOf(stream, kind)?.constants };
}

/** What somebody says that all of its records are; undefined: nobody does. */
export function kindOf({ kinds = [] }: Stream, kind: string | undefined): StreamKind | undefined {
  return kinds.find(({ id }) => id === kind);
}
