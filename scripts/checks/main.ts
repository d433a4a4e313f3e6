import { fileURLToPath } from 'node:url'
import { PARTS } from './parts'
import { isFailure, reportText } from './report'

const HELP = `npm run check                    all parts
npm run check -- PART …          some of them
npm run check -- limits --warnings   also what is only worth a look

${Object.entries(PARTS)
  .map(([name, { about }]) => `  ${name.padEnd(10)} ${about}`)
  .join('\n')}`

const root = fileURLToPath(new URL('../..', import.meta.url))
const given = process.argv.slice(2)
const names = given.filter((word) => !word.startsWith('-'))
const unknown = [
  ...names.filter((name) => !(name in PARTS)),
  ...given.filter((word) => word.startsWith('-') && !['--warnings', '--help', '-h'].includes(word)),
]

if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. Parts are ${Object.keys(PARTS).join(', ')}.`)
  process.exitCode = 1
} else if (given.includes('--help') || given.includes('-h')) {
  console.log(HELP)
} else {
  const chosen = Object.entries(PARTS).filter(([name]) => names.length === 0 || names.includes(name))
  const failed = await Promise.all(
    chosen.map(async ([name, { about, run }]) => {
      const start = performance.now()
      const outcome = await run(root).catch((error: unknown) => (error instanceof Error ? error.message : String(error)))
      console.log(reportText(name, about, outcome, (performance.now() - start) / 1000, given.includes('--warnings')))
      return isFailure(outcome) ? name : []
    }),
  )
  const failures = failed.flat()
  if (failures.length > 0) {
    console.error(`\nFailed: ${failures.join(', ')}`)
    process.exitCode = 1
  }
}
