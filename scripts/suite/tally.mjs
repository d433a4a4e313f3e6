import { writeSync } from 'node:fs'

/**
 * What the steps of the suite came to.
 * A step's result: { passed, failed, skipped?, notes?: string[] }.
 */
export class Tally {
  #results = new Map()
  #names

  constructor(names) {
    this.#names = names
  }

  /** Runs a step; an error that it throws is one failure. */
  async measure(name, run) {
    const start = performance.now()
    const result = await run().catch((error) => ({ passed: 0, failed: 1, notes: [error.message] }))
    this.#results.set(name, { ...result, seconds: (performance.now() - start) / 1000 })
  }

  hasPassed(name) {
    return this.#results.get(name)?.failed === 0
  }

  get isGood() {
    return this.#names.every((name) => this.hasPassed(name))
  }

  /** Prints the summary, at its end the one line that counts. Written at once: the process may be ending. */
  print() {
    const lines = ['', 'Summary']
    let passed = 0
    let failed = 0
    for (const name of this.#names) {
      const result = this.#results.get(name) ?? { passed: 0, failed: 1, seconds: 0, notes: ['not reached'] }
      passed += result.passed
      failed += result.failed
      lines.push(...linesOf(name, result))
    }
    writeSync(1, `${lines.join('\n')}\n${passed} passed, ${failed} failed\n`)
  }
}

function linesOf(name, { passed, failed, skipped = 0, seconds, notes = [] }) {
  const counts = `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`
  const head = `  ${failed ? 'FAIL' : 'ok  '}  ${name.padEnd(8)} ${counts.padEnd(36)} ${seconds.toFixed(0).padStart(4)} s`
  return [head, ...notes.flatMap((note) => note.split('\n')).map((line) => `          ${line}`)]
}
