import { readFileSync, writeFileSync } from 'node:fs'
import { portfolioJsonSchema } from '@/lib/config/json-schema'
import { fileOptions } from '@/lib/connectors/file/options'

/** Files that are made from code; `--check` writes nothing and fails when one is out of date. */
const GENERATED: Readonly<Record<string, () => string>> = {
  'public/portfolio.schema.json': () => `${JSON.stringify(portfolioJsonSchema({ file: fileOptions }), null, 2)}\n`,
}

const isCheck = process.argv.includes('--check')

for (const [file, make] of Object.entries(GENERATED)) {
  const target = new URL(`../${file}`, import.meta.url)
  const text = make()
  if (text === current(target)) continue
  if (isCheck) {
    console.error(`${file} is out of date: run "npm run generate" and commit it`)
    process.exitCode = 1
  } else {
    writeFileSync(target, text)
    console.log(`wrote ${file}`)
  }
}

function current(target: URL): string | undefined {
  try {
    return readFileSync(target, 'utf8')
  } catch {
    return undefined
  }
}
