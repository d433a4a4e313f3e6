import type { NextConfig } from 'next'

const config: NextConfig = {
  output: 'standalone',
  reactStrictMode: true,
  poweredByHeader: false,
  devIndicators: false,
  serverExternalPackages: ['@duckdb/node-api', '@duckdb/node-bindings', 'pino'],
  outputFileTracingRoot: import.meta.dirname,
  outputFileTracingIncludes: { '/**': ['./node_modules/@duckdb/node-bindings-*/**'] },
  turbopack: { root: import.meta.dirname },
  experimental: { optimizePackageImports: ['@mantine/core', '@mantine/hooks', '@tabler/icons-react'] },
}

export default config
