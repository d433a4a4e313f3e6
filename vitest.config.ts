import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

// A machine zone far from UTC: code that leans on the zone of the machine fails here and not at a user's.
process.env.TZ = 'Pacific/Auckland'

const NEVER = ['**/node_modules/**', '**/.next/**', '**/fixtures/**', 'app/_e2e/**']
const PROPERTY = ['{app,lib,scripts,data}/**/*.property.test.ts', 'lib/config/robustness.test.ts']
// What takes seconds each: the command line in processes of its own, whole logs, hundreds of questions to the database.
const SYSTEM = [
  'scripts/{cli,real-data,testing}/**/*.test.ts',
  'data/**/*.test.ts',
  'lib/demo/{realism,simulate}.test.ts',
  'lib/metrics/bad-input.test.ts',
  '**/*.system.test.ts',
]
const LONG_MS = 60 * 60_000
const isLong = Boolean(process.env.LONG_RUN)

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') } },
  test: {
    environment: 'node',
    // Vitest would leave one core idle, which on two of them is half.
    maxWorkers: '100%',
    coverage: { include: ['lib/**/*.ts'], exclude: ['**/*.test.ts'] },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{app,lib,scripts,data}/**/*.test.{ts,tsx}'],
          exclude: [...NEVER, ...SYSTEM, ...PROPERTY],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        // Random inputs with their seed printed; LONG_RUN=1 takes far more of them.
        extends: true,
        test: {
          name: 'property',
          include: PROPERTY,
          exclude: NEVER,
          testTimeout: isLong ? LONG_MS : 180_000,
          hookTimeout: isLong ? LONG_MS : 180_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'system',
          include: SYSTEM,
          exclude: NEVER,
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
})
