#!/usr/bin/env node
import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { requireNode } from './node-version.mjs'
import { endWithNpm } from './parent.mjs'

requireNode()
endWithNpm()
const root = dirname(dirname(fileURLToPath(import.meta.url)))

// npm runs a package script in the package's folder; the paths that were typed are relative to where the person stands.
if (process.env.npm_lifecycle_event === 'streamgauge' && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD)

if (!existsSync(resolve(root, 'node_modules/tsx'))) {
  process.stderr.write(`Streamgauge is not installed yet: run \`npm ci\` (or \`npm start\`) in ${root}\n`)
  process.exit(1)
}

const { register } = await import('tsx/esm/api')
register({ tsconfig: resolve(root, 'tsconfig.json') })
await import('./cli/main.ts')
