import { Button, ButtonLink } from "~/ui/button";
import { Table } from "~/ui/table";

interface SidesComparedProps {
  sides: { what: string; shop: string; tracked: string }[];
  rowId: string;
  confirmLabel: string;
  cancelHref: string;
}

/** An order and a purchase beside each other, and the button that says what they are. */
export function SidesCompared({ sides, rowId, confirmLabel, cancelHref }: SidesComparedProps) {
  return (
    <form className="panel" method="post">
      <input type="hidden" name="row" value={rowId} />
      <Table
        bare
        caption="Both sides"
        rows={sides}
        rowKey={({ what }) => what}
        columns={[
          { key: "what", label: "What", cell: ({ what }) => what },
          { key: "shop", label: "In the shop", cell: ({ shop }) => shop },
          { key: "tracked", label: "In the analytics", cell: ({ tracked }) => tracked },
        ]}
      />
      <div className="form-actions mt-5">
        <Button tone="primary">{confirmLabel}</Button>
        <ButtonLink href={cancelHref}>Leave it as it is</ButtonLink>
      </div>
    </form>
  );
}
