import { type ConnectorTrouble } from "~/features/connectors/alerts/connector-trouble";

/** What keeps a connector from bringing anything until somebody does something. */
export type Trouble = Exclude<ConnectorTrouble, "attention">;

const told: Record<Trouble, { words: string; page?: string }> = {
  "needs-reconnecting": { words: "has to be connected again, and nothing is read until then" },
  asking: { words: "waits for an answer, and goes on when it has one", page: "/answer" },
  failed: { words: "could not be read to the end the last time: see why" },
};

/** As lines of the home page. */
export function connectorToDos({
  connectors,
  isMore,
}: {
  connectors: readonly { id: string; name: string; trouble: Trouble }[];
  isMore: boolean;
}) {
  const label = "Connector";
  const more = { key: "more connectors", label, href: "connectors", who: "More connectors", words: "need attention" };
  return [
    ...connectors.map(({ id, name, trouble }) => {
      const { words, page = "" } = told[trouble];
      return { key: `connector ${id}`, label, href: `connectors/${id}${page}`, who: name, words };
    }),
    ...(isMore ? [more] : []),
  ];
}
