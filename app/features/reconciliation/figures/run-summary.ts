/** What lists say of a comparison: its figures are too much to read for each line. */
import { z } from "zod";
import { type Figures } from "~/features/reconciliation/figures/kept-figures";

const runSummary = z.object({
  /** Orders that take part and of which it is known by now. */
  settled: z.number(),
  /** Of these, those that were found; null when there are none. */
  capture: z.number().nullable(),
  /** How many were not, and what they come to: minor units, as text. By currency, only where there are some. */
  missing: z.object({
    orders: z.number(),
    amounts: z.array(z.object({ currency: z.string(), minor: z.string() })),
  }),
});

export type RunSummary = z.infer<typeof runSummary>;

export function summaryOf({ rates, orders, currencies }: Figures): RunSummary {
  return {
    ...{ settled: rates.settled, capture: rates.capture },
    missing: {
      orders: orders.missing,
      amounts: currencies.flatMap(({ currency, bridge }) => {
        const step = bridge.steps.find(({ step }) => step === "order-missing");
        const minor = -BigInt(step?.amount ?? 0);
        return minor === 0n ? [] : [{ currency, minor: minor.toString() }];
      }),
    },
  };
}

export function readSummary(kept: string | null): RunSummary | null {
  return kept === null ? null : runSummary.parse(JSON.parse(kept));
}
