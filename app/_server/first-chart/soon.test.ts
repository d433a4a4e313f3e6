import { describe, expect, it } from 'vitest'
import { AnswerCache } from '@/lib/engine/answer-cache'
import { soon } from './soon'

interface Text {
  readonly text: string
  readonly byteLength: number
}

const MOMENT = 1
/** Longer than the test lasts. */
const LONG = 60_000

/** Something that is made when told to, unless it is called off before. */
function making() {
  const signals: AbortSignal[] = []
  let finish: (found: Text) => void = () => {}
  const make = (signal: AbortSignal) => {
    signals.push(signal)
    return new Promise<Text>((resolve, reject) => {
      finish = resolve
      signal.addEventListener('abort', () => reject(new Error('called off')))
    })
  }
  return { make, signals, finish: (text: string) => finish({ text, byteLength: text.length }) }
}

describe('soon', () => {
  const asked = (kept: AnswerCache<Text>, make: (signal: AbortSignal) => Promise<Text>, wait: number) =>
    soon({ name: 'test', key: 'a', kept, make, wait })

  it('tells what is there in time', async () => {
    const { make, finish } = making()
    const told = asked(new AnswerCache<Text>(), make, LONG)
    finish('found')
    expect((await told)?.text).toBe('found')
  })

  it('does not wait for what comes late, but has it for the next without making it again', async () => {
    const kept = new AnswerCache<Text>()
    const { make, signals, finish } = making()
    expect(await asked(kept, make, MOMENT)).toBeUndefined()
    const meanwhile = asked(kept, make, LONG)
    finish('found')
    expect((await meanwhile)?.text).toBe('found')
    expect((await asked(kept, make, MOMENT))?.text).toBe('found')
    expect(signals.map(({ aborted }) => aborted)).toEqual([false])
  })

  it('tells nothing where it fails', async () => {
    expect(await asked(new AnswerCache<Text>(), () => Promise.reject(new Error('no')), LONG)).toBeUndefined()
  })
})
