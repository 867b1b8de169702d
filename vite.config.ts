import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The page runs in Electron's Chromium and in whatever current browser a person opens the link with. */
const BROWSERS = ['chrome120', 'firefox121', 'safari17.4']

export default defineConfig({
  base: './',
  plugins: [react()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: BROWSERS,
    sourcemap: false,
    modulePreload: { polyfill: false },
    // Inlined assets would be data: addresses, which the content security policy allows for images only.
    assetsInlineLimit: 0,
    // Everything is read from this machine: one larger file costs nothing, and what is rarely used is split off by import().
    chunkSizeWarningLimit: 3000,
  },
})
