import { encodingNames, encodings } from "~/features/pipeline/files/text-encoding";
import { type DateOrder, type Found } from "~/features/pipeline/subject";
import { Checkbox, Select } from "~/ui/choice-field";
import { Fieldset, FieldRow } from "~/ui/form";

/** How a file is read, as its form carries it: of each format what belongs to it. */
export type ReadingShown =
  | { format: "csv"; encoding: string; delimiter: string; hasHeader: boolean }
  | { format: "xlsx"; sheet: string; sheets: string[]; hasHeader: boolean }
  | { format: "vcard"; encoding: string };

interface ReadingFieldsProps {
  reading: ReadingShown;
  phoneCountry: string;
  /** Null: the file has no dates of figures only. */
  dateOrder: DateOrder | null;
  /** What the file itself tells of them. */
  found: { phoneCountry: Found<string> | null; dateOrder: Found<DateOrder> | null };
  countries: { code: string; name: string }[];
}

/** How the file was read: found out, and changeable. */
export function ReadingFields({ reading, phoneCountry, dateOrder, found, countries }: ReadingFieldsProps) {
  return (
    <Fieldset
      legend="How the file is read"
      hint="Found out from the file. Change it if names, columns, dates or phone numbers look wrong below."
    >
      <FieldRow>
        {reading.format === "xlsx" ? <SheetField {...reading} /> : <EncodingField {...reading} />}
        {reading.format === "csv" ? <DelimiterField {...reading} /> : null}
        <Select
          field={{ name: "phoneCountry", value: phoneCountry }}
          label="Phone numbers are from"
          hint={found.phoneCountry?.why && capital(found.phoneCountry.why)}
          options={countries.map(({ code, name }) => ({ value: code, label: name }))}
        />
        {dateOrder ? (
          <Select
            field={{ name: "dateOrder", value: dateOrder }}
            label="Dates are written"
            hint={found.dateOrder?.why && capital(found.dateOrder.why)}
            options={Object.entries(orderNames).map(([value, label]) => ({ value, label }))}
          />
        ) : null}
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

const orderNames: Record<DateOrder, string> = {
  "day-first": "Day, month, year (14/3/1958)",
  "month-first": "Month, day, year (3/14/1958)",
  "year-first": "Year first (1958-03-14)",
};

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
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
