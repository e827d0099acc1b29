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

/** How a file is read, as its form carries it: of each format what belongs to it. */
export type ReadingShown =
  | { format: "csv"; encoding: string; delimiter: string; hasHeader: boolean }
  | { format: "xlsx"; sheet: string; sheets: string[]; hasHeader: boolean }
  | { format: "vcard"; encoding: string };

interface ReadingFieldsProps {
  reading: ReadingShown;
  phoneCountry: string;
  countries: { code: string; name: string }[];
}

/** How the file was read: found out, and changeable. */
export function ReadingFields({ reading, phoneCountry, countries }: ReadingFieldsProps) {
  return (
    <Fieldset
      legend="How the file is read"
      hint="Found out from the file. Change it if names, columns or phone numbers look wrong below."
    >
      <FieldRow>
        {reading.format === "xlsx" ? <SheetField {...reading} /> : <EncodingField {...reading} />}
        {reading.format === "csv" ? <DelimiterField {...reading} /> : null}
        <Select
          field={{ name: "phoneCountry", value: phoneCountry }}
          label="Phone numbers are from"
          options={countries.map(({ code, name }) => ({ value: code, label: name }))}
        />
      </FieldRow>
      {reading.format === "vcard" ? null : (
        <Checkbox
          field={{ name: "hasHeader", initialValue: reading.hasHeader }}
          label="The first row holds the names of the columns"
        />
      )}
    </Fieldset>
  );
}

function SheetField({ sheet, sheets }: { sheet: string; sheets: string[] }) {
  return (
    <Select
      field={{ name: "sheet", value: sheet }}
      label="Sheet of the workbook"
      options={sheets.map((name) => ({ value: name, label: name }))}
    />
  );
}

function EncodingField({ encoding }: { encoding: string }) {
  return (
    <Select
      field={{ name: "encoding", value: encoding }}
      label="Encoding"
      options={encodings.map((value) => ({ value, label: encodingNames[value] }))}
    />
  );
}

function DelimiterField({ delimiter }: { delimiter: string }) {
  return (
    <Select
      field={{ name: "delimiter", value: delimiter }}
      label="Separator between cells"
      options={[
        { value: "comma", label: "Comma" },
        { value: "semicolon", label: "Semicolon" },
        { value: "tab", label: "Tab" },
      ]}
    />
  );
}
