import { describe, expect, it } from 'vitest'
import { Problem } from '@/lib/problem'
import { askerOf } from './asker'
import { answering } from './problem-response'

const request = (headers: Record<string, string> = {}) => new Request('http://localhost/api/x', { headers })

describe('a limit that was reached', () => {
  it('is told with what to do, and when to come again', async () => {
    const response = await answering(request(), async () => {
      throw new Problem('busy', 'Too many', { status: 503, detail: 'Ask again' })
    })
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toMatch(/^\d+$/)
    expect(await response.json()).toMatchObject({ title: 'Too many', detail: 'Ask again' })
  })

  it('is no reason to come again when the question itself is too much', async () => {
    const response = await answering(request(), async () => {
      throw new Problem('too-slow', 'Too slow', { status: 422 })
    })
    expect(response.headers.has('retry-after')).toBe(false)
  })
})

describe('askerOf', () => {
  it('is the nearest address, whatever a client says of itself', () => {
    expect(askerOf(request({ 'x-forwarded-for': '1.2.3.4, 10.0.0.7' }))).toBe('10.0.0.7')
    expect(askerOf(request())).toBe('')
  })
})
