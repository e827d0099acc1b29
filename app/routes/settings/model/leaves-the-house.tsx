import { Panel } from "~/ui/panel";
import { Table } from "~/ui/table";

interface Leaving {
  masked: { value: string; sent: string }[];
  /** Of each column. */
  samples: number;
  host: string | null;
  isOn: boolean;
}

/** What a model is told, and what it is not. */
export function LeavesTheHouse({ masked, samples, host, isOn }: Leaving) {
  return (
    <Panel
      title="What leaves the house"
      line={
        isOn && host
          ? `To ${host}, each time that an administrator asks:`
          : "Nothing, as long as it is off. Once it is on:"
      }
    >
      <ul className="list-disc pl-5">
        <li>the names of the columns that no rule knows, and of no others;</li>
        <li>the names of the fields of your address book, your own ones, too;</li>
        <li>{samplesWords(samples)}</li>
      </ul>
      <p className="mt-4">
        Before each question you see what will be sent, and nothing else is.
        {samples > 0 ? " Letters become x, at most four in a row, and digits 9:" : null}
      </p>
      {samples > 0 ? (
        <Table
          bare
          caption="Values and their masks"
          rows={masked}
          rowKey={({ value }) => value}
          columns={[
            { key: "value", label: "A value here", cell: ({ value }) => value },
            { key: "sent", label: "What is sent of it", cell: ({ sent }) => <code>{sent}</code> },
          ]}
        />
      ) : null}
    </Panel>
  );
}

function samplesWords(samples: number): string {
  if (samples === 0) return "no values at all, not even masked ones.";
  return samples === 1
    ? "one masked value of each of these columns."
    : `up to ${samples} masked values of each of these columns.`;
}
