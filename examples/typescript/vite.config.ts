import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** В разработке запросы идут через Vite, так что CORS настраивать не нужно. */
export default defineConfig({
  plugins: [react()],
  server: { proxy: { "/kursk/graphql": "http://127.0.0.1:8000" } },
});
