import { vitePlugin as remix } from "@remix-run/dev";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig, type Plugin } from "vite";
import tsconfigPaths from "vite-tsconfig-paths";
import remixOptions from "./remix.config.js";

/** Pages carry no script of ours, so there is nothing to swap in place: whatever changes, the page loads again. */
function reloadPages(): Plugin {
  return {
    name: "tallybook:reload-pages",
    apply: "serve",
    configureServer(server) {
      server.watcher.on("change", (file) => {
        if (file.startsWith(`${server.config.root}/app/`)) server.ws.send({ type: "full-reload" });
      });
    },
  };
}

export default defineConfig({
  plugins: [tailwindcss(), remix(remixOptions), tsconfigPaths(), reloadPages()],
  build: { target: "es2022", assetsInlineLimit: 0 },
});
