import type { NextConfig } from 'next'

const config: NextConfig = {
  output: 'standalone',
  reactStrictMode: true,
  // Types are checked by `npm run check`, tests and scripts included; a second time only delays who starts the server.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  devIndicators: false,
  serverExternalPackages: ['@duckdb/node-api', '@duckdb/node-bindings', 'pino'],
  outputFileTracingRoot: import.meta.dirname,
  outputFileTracingIncludes: { '/**': ['./node_modules/@duckdb/node-bindings-*/**'] },
  // Snapshots are read where they lie: the path to them must not draw them into the build.
  outputFileTracingExcludes: { '/**': ['data/**', 'scripts/**', 'app/_e2e/**', 'public/**', 'test-results/**'] },
  turbopack: {
    root: import.meta.dirname,
    // ECharts asks whether there is a Buffer; browsers have none, and 23 kB of imitation is no answer.
    resolveAlias: Object.fromEntries(
      ['buffer', 'next/dist/compiled/buffer'].map((name) => [name, { browser: './lib/client/no-buffer.cjs' }]),
    ),
  },
  experimental: { optimizePackageImports: ['@mantine/core', '@mantine/hooks', '@tabler/icons-react'] },
}

export default config
