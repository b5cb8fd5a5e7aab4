import { defineConfig } from "vite";

// Two entries: `main` on every page, `charts` only where a chart is drawn. Relative base: Django decides the address.
export default defineConfig({
  base: "./",
  publicDir: false,
  build: {
    outDir: "../src/zveno/ui/static/built",
    emptyOutDir: true,
    manifest: "manifest.json",
    target: ["chrome125", "firefox128", "safari17.5"],
    modulePreload: false,
    sourcemap: false,
    chunkSizeWarningLimit: 800,
    rollupOptions: {
      input: { main: "src/main.ts", charts: "src/charts.ts" },
      output: {
        entryFileNames: "assets/[name]-[hash].js",
        chunkFileNames: "assets/[name]-[hash].js",
        assetFileNames: "assets/[name]-[hash][extname]",
      },
    },
  },
  css: { preprocessorOptions: { scss: { loadPaths: ["node_modules"], quietDeps: true } } },
});
