/**
 * Remix's own options, as plain data. `vite.config.ts` hands them to the plugin.
 * Lazy route discovery stays off: its `__manifest` endpoint had an unfixed hole (docs/decisions/001-remix.md).
 */
export default {
  appDirectory: "app",
  buildDirectory: "build",
  serverModuleFormat: "esm",
  future: {
    v3_fetcherPersist: true,
    v3_relativeSplatPath: true,
    v3_throwAbortReason: true,
    v3_routeConfig: true,
    v3_singleFetch: true,
    v3_lazyRouteDiscovery: false,
  },
};
