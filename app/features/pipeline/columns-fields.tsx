import { type ColumnToMap } from "~/features/pipeline/preview.server";
import { encodingNames, encodings } from "~/features/pipeline/text-encoding";
import { Checkbox, Select } from "~/ui/choice-field";
import { Fieldset, FieldRow } from "~/ui/form";
import { Table } from "~/ui/table";

/** Every column of the file with what it holds, beside the field it goes to. */
export function ColumnTable({ columns, fields }: { columns: ColumnToMap[]; fields: { id: string; label: string }[] }) {
  return (
    <Table
      caption="Columns of the file"
      rows={columns.map((column, index) => ({ ...column, index }))}
      rowKey={(column) => String(column.index)}
      columns={[
        { key: "name", label: "Column in the file", cell: (column) => column.name },
        {
          key: "examples",
          label: "First values",
          cell: (column) =>
            column.examples.length > 0 ? column.examples.join(" · ") : <span className="quiet">empty</span>,
        },
        {
          key: "field",
          label: "Goes to",
          fit: "keep",
          cell: (column) => (
            <select
              name="column"
              className="control"
              aria-label={`Where ${column.name} goes`}
              defaultValue={column.field}
            >
              <option value="">Leave out</option>
              {fields.map((field) => (
                <option key={field.id} value={field.id}>
                  {field.label}
                </option>
              ))}
            </select>
          ),
        },
      ]}
    />
  );
}

interface Reading {
  encoding: string;
  delimiter: string;
  hasHeader: boolean;
  phoneCountry: string;
}

/** How the file was read: found out, and changeable. */
export function ReadingFields({
  reading,
  countries,
}: {
  reading: Reading;
  countries: { code: string; name: string }[];
}) {
  return (
    <Fieldset
      legend="How the file is read"
      hint="Found out from the file. Change it if names, columns or phone numbers look wrong below."
    >
      <FieldRow>
        <Select
          field={{ name: "encoding", value: reading.encoding }}
          label="Encoding"
          options={encodings.map((value) => ({ value, label: encodingNames[value] }))}
        />
        <Select
          field={{ name: "delimiter", value: reading.delimiter }}
          label="Separator between cells"
          options={[
            { value: "comma", label: "Comma" },
            { value: "semicolon", label: "Semicolon" },
            { value: "tab", label: "Tab" },
          ]}
        />
        <Select
          field={{ name: "phoneCountry", value: reading.phoneCountry }}
          label="Phone numbers are from"
          options={countries.map(({ code, name }) => ({ value: code, label: name }))}
        />
      </FieldRow>
      <Checkbox
        field={{ name: "hasHeader", initialValue: reading.hasHeader }}
        label="The first row holds the names of the columns"
      />
    </Fieldset>
  );
}
