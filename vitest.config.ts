import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

// A machine zone far from UTC: code that leans on the zone of the machine fails here and not at a user's.
process.env.TZ = 'Pacific/Auckland'

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') } },
  test: {
    include: ['{app,lib,scripts,data}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/fixtures/**', 'app/_e2e/**'],
    environment: 'node',
    testTimeout: 20_000,
    hookTimeout: 60_000,
    coverage: { include: ['lib/**/*.ts'], exclude: ['**/*.test.ts'] },
  },
})
