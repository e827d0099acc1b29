import { may, type RouteRow, within } from "~/testing/walk/route-row";

export const dataDoors: Record<string, RouteRow> = {
  "routes/data/data": { path: within("/data"), load: may("contacts.read") },
  "routes/data/raw": {
    path: within("/data/raw"),
    load: may("connectors.manage"),
    searches: ({ connectorId, doneId }) => [`connector=${connectorId}&q=x`, `run=${doneId}`],
    ids: ["connectorId", "doneId"],
  },
  "routes/data/raw-record": {
    path: ({ slug, rawId }) => `/${slug}/data/raw/${rawId}`,
    load: may("connectors.manage"),
    ids: ["rawId"],
  },
  "routes/data/canonical": {
    path: within("/data/canonical"),
    load: may("contacts.read"),
    searches: ({ contactId, doneId }) => [`contact=${contactId}`, `run=${doneId}`],
    ids: ["contactId", "doneId"],
  },
  "routes/data/record": {
    path: ({ slug, recordId }) => `/${slug}/data/canonical/${recordId}`,
    load: may("contacts.read"),
    ids: ["recordId"],
  },
  "routes/data/orders": {
    path: within("/data/orders"),
    load: may("contacts.read"),
    searches: ({ connectorId }) => [`connector=${connectorId}`],
    ids: ["connectorId"],
  },
  "routes/data/order": {
    path: ({ slug, orderId }) => `/${slug}/data/orders/${orderId}`,
    load: may("contacts.read"),
    ids: ["orderId"],
  },
  "routes/data/transactions": {
    path: within("/data/transactions"),
    load: may("contacts.read"),
    searches: ({ connectorId }) => [`connector=${connectorId}`],
    ids: ["connectorId"],
  },
  "routes/data/transaction": {
    path: ({ slug, transactionId }) => `/${slug}/data/transactions/${transactionId}`,
    load: may("contacts.read"),
    ids: ["transactionId"],
  },
  "routes/data/serving": { path: within("/data/serving"), load: may("contacts.read", 302) },
};
