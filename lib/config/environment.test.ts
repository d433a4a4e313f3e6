import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readEnvironment } from './environment'

describe('readEnvironment', () => {
  it('takes an empty environment', () => {
    expect(readEnvironment({})).toEqual({
      dataFolder: undefined,
      memoryLimit: undefined,
      threads: undefined,
      querySeconds: 30,
      queueLength: undefined,
      isDevelopment: false,
    })
  })

  it('makes the data folder absolute, and treats an empty variable as absent', () => {
    expect(readEnvironment({ STREAMGAUGE_DATA: 'x', STREAMGAUGE_THREADS: '' })).toMatchObject({
      dataFolder: path.resolve('x'),
      threads: undefined,
    })
  })

  it('names the variable that is wrong', () => {
    expect(() => readEnvironment({ STREAMGAUGE_THREADS: 'many' })).toThrow(
      expect.objectContaining({ faults: [expect.objectContaining({ where: 'STREAMGAUGE_THREADS', value: '"many"' })] }),
    )
  })
})
