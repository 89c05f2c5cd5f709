import { defineConfig } from 'vitest/config'
import { pageDefines } from './scripts/bundle-page.mjs'

export default defineConfig({
  define: { ...pageDefines(), SAHABA_VERSION: '"0.0.0-test"', SAHABA_BUILD: '"0.0.0-test"' },
  test: { include: ['test/**/*.test.ts'], testTimeout: 60_000 },
})
