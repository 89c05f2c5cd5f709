import { defineConfig } from 'vitest/config'

export default defineConfig({
  define: { SAHABA_VERSION: '"0.0.0-test"' },
  test: { include: ['test/**/*.test.ts'], testTimeout: 60_000 },
})
