#!/usr/bin/env node
import { resolve } from 'node:path'
import { register } from 'tsx/esm/api'
import { requireNode } from './node-version.mjs'

requireNode()
register({ tsconfig: resolve(import.meta.dirname, '../tsconfig.json') })
await import('./checks/main.ts')
