import { beginConnecting, finishConnecting } from "~/features/connectors/access/connect.server";
import { makeConnectLink } from "~/features/connectors/access/connect-links.server";
import { connectionFor, connectionOf, connectionWith } from "~/features/connectors/access/connection.server";
import { disconnect } from "~/features/connectors/access/disconnect.server";
import { findAgreedAt, isReachedBy } from "~/features/connectors/access/access-used.server";
import { endAccess, eraseGrant } from "~/features/connectors/access/end-access.server";
import { findConnection } from "~/features/connectors/access/find-connection.server";
import { readGrant } from "~/features/connectors/access/grant-row.server";
import { keepRequest } from "~/features/connectors/access/oauth-requests.server";
import { keepSecrets } from "~/features/connectors/access/keep-secrets.server";
import { freshToken } from "~/features/connectors/access/renew-grant.server";
import { openSecrets, sealSecrets } from "~/features/connectors/access/secrets.server";
import { sealedRefreshToken, storeGrant, tokenColumns } from "~/features/connectors/access/store-grant.server";
import { keepFacts } from "~/features/connectors/access/system-facts.server";
import { testConnection } from "~/features/connectors/access/test-connection.server";
import { type OAuthProvider } from "~/features/connectors/access/oauth-provider";
import { createConnector } from "~/features/connectors/create-connector.server";
import { type Connection, type Stream } from "~/features/connectors/connector";
import { deleteConnector } from "~/features/connectors/delete-connector.server";
import { findWholeConnector } from "~/features/connectors/find-whole-connector.server";
import { listConnectors } from "~/features/connectors/list-connectors.server";
import { pauseConnectors, resumeConnectors } from "~/features/connectors/move-connectors.server";
import { saveConnector } from "~/features/connectors/save-connector.server";
import { readTroubled, troubledConnectors } from "~/features/connectors/troubled.server";
import { type Connector, findConnector } from "~/features/connectors/find-connector.server";
import { findStreams } from "~/features/connectors/find-streams.server";
import { countForHome } from "~/features/contacts/home/attention.server";
import { newId } from "~/platform/ids.server";
import { noProviders } from "~/platform/provider-settings.server";
import { type Scope } from "~/platform/scope.server";
import { notFound, type Ours, type QueryTable, something, throws } from "~/testing/walk/query-shape";

const { signal } = new AbortController();
const env = { appOrigin: "https://ledger.brandt.example", providers: noProviders };

/** Nothing that is asked of it: no function gets as far with a connector that is not the caller's. */
const google = {
  ...{ id: "google", name: "Google", category: "contacts", reads: "Contacts.", needs: "An account.", streams: [] },
  access: {
    kind: "oauth",
    endpoints: () => ({
      authorize: "https://a.example/a",
      token: "https://a.example/t",
      revoke: "https://a.example/r",
    }),
    scopes: ["contacts"],
    clientAuthentication: "body",
    clientPrefix: "GOOGLE",
  },
} as unknown as OAuthProvider;

const connectorOf = ({ connectorId }: Ours): Connector => ({
  ...{ id: connectorId, provider: "google", name: "Google", state: "setting-up" },
  ...{ settings: {}, sealedSecrets: null, whose: null, streams: null },
});
const reaching = (ours: Ours) => ({ connector: connectorOf(ours), provider: google, env, signal });
const nobodyMoved = { moved: [], left: [] };
const granted = { accessToken: "a", refreshToken: "r", lastsSeconds: 60, scopes: ["contacts"], extras: {} };
const installationOf = (scope: Scope) => ({
  ...scope,
  kind: "installation" as const,
  db: scope.database.forInstallation(),
});

export const connectorQueries: QueryTable = {
  "features/connectors/create-connector": {
    createConnector: [(theirs) => createConnector(theirs, google, "Google"), something],
  },
  "features/connectors/find-connector": {
    findConnector: [(theirs, ours) => findConnector(theirs, ours.connectorId), null],
  },
  "features/connectors/find-streams": {
    findStreams: [
      (theirs, ours) => {
        const found = [{ id: "members" }] as unknown as readonly Stream[];
        const asked = { ...google, findStreams: () => Promise.resolve(found) };
        return findStreams(theirs, ours.connectorId, { provider: asked, connection: {} as Connection });
      },
      [],
    ],
  },
  "features/connectors/delete-connector": {
    deleteConnector: [(theirs, ours) => deleteConnector(theirs, ours.connectorId, { takesAway: null }), notFound],
  },
  "features/connectors/find-whole-connector": {
    findWholeConnector: [(theirs, ours) => findWholeConnector(theirs, ours.connectorId), null],
  },
  "features/connectors/list-connectors": {
    // They have an example of their own.
    listConnectors: [(theirs) => listConnectors(theirs), something],
  },
  "features/connectors/move-connectors": {
    pauseConnectors: [(theirs, ours) => pauseConnectors(theirs, [ours.sync.connectorId]), nobodyMoved],
    resumeConnectors: [(theirs, ours) => resumeConnectors(theirs, [ours.connectorId]), nobodyMoved],
  },
  "features/connectors/save-connector": {
    saveConnector: [
      (theirs, ours) =>
        saveConnector(theirs, ours.connectorId, { provider: google, name: "Ours now", typed: {}, version: 1 }),
      notFound,
    ],
  },
  "features/connectors/troubled": {
    troubledConnectors: [
      async (theirs, ours) => {
        await endAccess(theirs, { connectorId: ours.connectorId, why: "Zymurgy.", action: "connector.grant-ended" });
        const { along } = await countForHome(theirs, { along: troubledConnectors(theirs) });
        return readTroubled(along, "en-GB").connectors;
      },
      [],
    ],
  },
  "features/connectors/access/connect": {
    beginConnecting: [
      (theirs, ours) => beginConnecting(theirs, { ...reaching(ours), holder: { sessionId: newId() } }),
      something,
    ],
    finishConnecting: [
      (theirs, ours) =>
        finishConnecting(installationOf(theirs), theirs, {
          ...reaching(ours),
          request: {
            accountId: theirs.account.id,
            connectorId: ours.connectorId,
            state: "s",
            verifier: "v",
            by: "session",
          },
          callback: new URL("https://ledger.brandt.example/connect/google/callback?state=s&error=access_denied"),
          linkToken: null,
        }),
      throws,
    ],
  },
  "features/connectors/access/connect-links": {
    makeConnectLink: [(theirs, ours) => makeConnectLink(installationOf(theirs), theirs, ours.connectorId), something],
  },
  "features/connectors/access/connection": {
    connectionFor: [(theirs, ours) => connectionFor(theirs, reaching(ours)), throws],
    connectionOf: [
      (theirs, ours) =>
        connectionOf(theirs, ours.connectorId, { providers: new Map([["google", google]]), env, signal }),
      throws,
    ],
    connectionWith: [(theirs, ours) => connectionWith(theirs, reaching(ours), {}).settings, something],
  },
  "features/connectors/access/disconnect": {
    disconnect: [(theirs, ours) => disconnect(installationOf(theirs), theirs, reaching(ours)), something],
  },
  "features/connectors/access/access-used": {
    findAgreedAt: [(theirs, ours) => findAgreedAt(theirs, ours.connectorId), null],
    isReachedBy: [(theirs, ours) => isReachedBy(theirs, ours.connectorId, { agreedAt: null, secrets: {} }), true],
  },
  "features/connectors/access/end-access": {
    endAccess: [
      (theirs, ours) =>
        endAccess(theirs, { connectorId: ours.connectorId, why: "Zymurgy.", action: "connector.grant-ended" }),
      false,
    ],
    eraseGrant: [(theirs, ours) => eraseGrant(theirs, ours.connectorId, "Zymurgy."), false],
  },
  "features/connectors/access/find-connection": {
    findConnection: [(theirs, ours) => findConnection(theirs, ours.connectorId), null],
  },
  "features/connectors/access/grant-row": {
    readGrant: [(theirs, ours) => readGrant(theirs, ours.connectorId), null],
  },
  // What of them is kept is told by a test of its own: this says nothing to anybody.
  "features/connectors/access/keep-secrets": {
    keepSecrets: [
      (theirs, ours) => keepSecrets(theirs, connectorOf(ours), { secrets: {}, changed: { key: "k" } }),
      undefined,
    ],
  },
  "features/connectors/access/oauth-requests": {
    // It would be a row of theirs for a connector that is not there.
    keepRequest: [
      (theirs, { connectorId }) => {
        const request = { connectorId, provider: "google", state: "s", verifier: "v", holder: { sessionId: newId() } };
        return keepRequest(theirs, request);
      },
      throws,
    ],
  },
  "features/connectors/access/renew-grant": {
    freshToken: [(theirs, ours) => freshToken(theirs, reaching(ours)), throws],
  },
  "features/connectors/access/secrets": {
    sealSecrets: [(theirs, ours) => sealSecrets(theirs, ours.connectorId, { key: "k" }), something],
    openSecrets: [(theirs, ours) => openSecrets(theirs, connectorOf(ours)), something],
  },
  "features/connectors/access/store-grant": {
    storeGrant: [
      (theirs, { connectorId }) =>
        storeGrant(theirs, { connectorId, provider: google, granted, whose: null, by: "session" }),
      notFound,
    ],
    tokenColumns: [(theirs, ours) => tokenColumns(theirs, ours.connectorId, google, granted), something],
    sealedRefreshToken: [(theirs, ours) => sealedRefreshToken(theirs, ours.connectorId, "r"), something],
  },
  "features/connectors/access/test-connection": {
    testConnection: [(theirs, ours) => testConnection(theirs, reaching(ours)), throws],
  },
  "features/connectors/access/system-facts": {
    keepFacts: [
      (theirs, { connectorId }) =>
        keepFacts(theirs, connectorId, { timeZone: "Europe/Berlin", currency: "EUR", daysShown: null, at: "" }),
      undefined,
    ],
  },
};
