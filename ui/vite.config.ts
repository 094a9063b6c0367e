import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, URL } from "node:url";
import { gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const SERVER = "http://127.0.0.1:8000";
const AREAS = fileURLToPath(new URL("src/pages", import.meta.url));

/** Writes `dist/paths.json`: the first parts of our own addresses, for the server's fallback. */
function ownPaths(): Plugin {
  return {
    name: "own-paths",
    apply: "build",
    generateBundle() {
      const found = readdirSync(AREAS).flatMap((area) => {
        const source = readFileSync(join(AREAS, area, "routes.tsx"), "utf8");
        return [...source.matchAll(/path: "\/([^/"]+)/g)].map((match) => match[1]);
      });
      const paths = [...new Set(["sign-in", ...found])].sort();
      this.emitFile({ type: "asset", fileName: "paths.json", source: JSON.stringify(paths) });
    },
  };
}

/** Writes a `.gz` beside each text file; the server sends it to browsers that take it. */
function compressed(): Plugin {
  return {
    name: "compressed",
    apply: "build",
    writeBundle({ dir }, bundle) {
      for (const name of Object.keys(bundle)) {
        if (dir && /\.(js|css|svg|html)$/.test(name)) {
          const path = join(dir, name);
          writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
        }
      }
    },
  };
}

export default defineConfig({
  plugins: [react(), ownPaths(), compressed()],
  resolve: { alias: { "@": fileURLToPath(new URL("src", import.meta.url)) } },
  build: {
    target: "es2022",
    // The routes of all areas in one file: each names the files that its pages need, mostly the same.
    rolldownOptions: {
      output: {
        codeSplitting: { groups: [{ name: "routes", test: /\/src\/pages\/\w+\/routes\.tsx$/ }] },
      },
    },
    manifest: "manifest.json",
    chunkSizeWarningLimit: 2500,
    reportCompressedSize: false,
  },
  server: {
    proxy: Object.fromEntries(
      ["/api", "/v2", "/openapi.json", "/health"].map((path) => [
        path,
        { target: SERVER, changeOrigin: true, headers: { origin: SERVER } },
      ]),
    ),
  },
});
