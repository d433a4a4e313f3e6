import { describe, expect, it } from 'vitest'
import { spanView } from '@/lib/model/value-stream'
import { faultsOf, fixture, read } from './fixtures/read'

/** The board of the fixtures with more keys in its stream. */
function boardWith(keys: string): string {
  return fixture('spans.yaml').replace('    # keys', keys.replace(/^/gm, '    '))
}

describe('spans of a stream', () => {
  it('begin and end in stages of it, customer lead time between requested and delivered', () => {
    const text = boardWith('requested: idea\ndelivered: live\nspans:\n  review: {from: review, to: release, name: Review time}')
    const stream = read(text).streams[0]
    expect(stream?.spans).toEqual([
      { id: 'customer', name: 'Customer lead time', from: 'idea', to: 'live' },
      { id: 'review', name: 'Review time', from: 'review', to: 'release' },
    ])
    const view = stream && spanView(stream, 'review')
    expect([view?.committed, view?.started, view?.finished]).toEqual(['review', 'review', 'release'])
    expect(view?.stages.map((stage) => stage.kind)).toEqual(['queue', 'active', 'active', 'done', 'done', 'done'])
    expect(stream && spanView(stream, 'nothing')).toBeUndefined()
  })

  it.each([
    ['requested: idea', 'requested', 'delivered has to say the other'],
    ['delivered: live', 'delivered', 'requested has to say the other'],
    ['requested: live\ndelivered: idea', 'delivered', 'ends in a later stage'],
    ['requested: idee\ndelivered: live', 'requested', 'names no stage of this stream'],
    ['spans:\n  lead: {from: idea, to: live}', 'spans.lead', 'is a name of our own'],
    ['spans:\n  Review: {from: idea, to: live}', 'spans.Review', 'lower case letters'],
    ['spans:\n  review: {from: review, to: review}', 'spans.review.to', 'stands not after "review"'],
    ['spans:\n  review: {from: review, to: nowhere}', 'spans.review.to', 'names no stage'],
    ['spans:\n  review: {from: review}', 'spans.review.to', 'is required'],
  ])('%j is refused at %s', (keys, where, message) => {
    const faults = faultsOf(boardWith(keys)).map((fault) => `${fault.where} ${fault.message}`)
    expect(faults.join('\n')).toContain(`streams[0].${where} `)
    expect(faults.join('\n')).toContain(message)
  })
})
