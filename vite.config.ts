import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

// The face every page starts with, asked for before the style sheet is read; other scripts' faces load by unicode-range.
const preloadFont: Plugin = {
  name: "rondo-preload-font",
  transformIndexHtml: {
    order: "post",
    handler: (_html, { bundle }) => {
      const font = Object.keys(bundle ?? {}).find((file) => /inter-latin-wght-normal-[^/]*\.woff2$/.test(file));
      if (!font) return [];
      return [
        {
          tag: "link",
          injectTo: "head",
          attrs: {
            rel: "preload",
            as: "font",
            type: "font/woff2",
            crossorigin: true,
            href: `/${font}`,
          },
        },
      ];
    },
  },
};

export default defineConfig({
  root: "web",
  plugins: [react(), preloadFont],
  build: {
    outDir: "../dist/web",
    emptyOutDir: true,
    manifest: true,
    target: "es2023",
    // The strict content security policy allows no data: font and no inline script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { "/api": "http://127.0.0.1:7070" } },
});
