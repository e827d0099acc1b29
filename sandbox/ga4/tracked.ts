/** What analytics gets to know of a shop's sales: most of them, and not all as they were. */
import { type Sale } from "../frame/sale";
import { type Tracked } from "./report";

/** Who pays there often does not come back to the shop's last page. */
const WITHOUT_RETURN = "PayPal";

/** Always the same of the same sales. `zone`: where the property's days begin. */
export function trackedOf(sales: readonly Sale[], zone: string): Tracked[] {
  const day = new Intl.DateTimeFormat("en-CA", { timeZone: zone });
  return sales.flatMap(({ id, placedAt, value, currency, method }, place) => {
    const event: Tracked = {
      ...{ transactionId: id, day: day.format(placedAt), value: valueOf(value, place), currency },
      event: "purchase",
    };
    const alien = { ...event, transactionId: `TEST-${id}` };
    return [
      ...(isLost(method, place) ? [] : [event]),
      // Somebody reloads the last page.
      ...(place % 33 === 7 && !isLost(method, place) ? [event] : []),
      ...(place % 100 === 50 ? [alien] : []),
    ];
  });
}

function isLost(method: string, place: number): boolean {
  return method === WITHOUT_RETURN ? place % 3 === 0 : place % 20 === 9;
}

/** The tag's second version sends a few without what delivery costs. */
function valueOf(value: number, place: number): number {
  return place % 50 === 25 ? Math.round((value - 4.9) * 100) / 100 : value;
}
