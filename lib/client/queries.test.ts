import { afterEach, describe, expect, it, vi } from 'vitest'
import { RequestError, request } from './problem-error'
import { metricUrl } from './queries'

afterEach(() => vi.unstubAllGlobals())

describe('metricUrl', () => {
  it('names snapshot, metric, parameters and format', () => {
    expect(metricUrl('abc', 'wip', { stream: 'a b', unit: 'days' }, 'csv')).toBe(
      '/api/snapshots/abc/metrics/wip?stream=a%20b&unit=days&format=csv',
    )
    expect(metricUrl('abc', 'wip', {})).toBe('/api/snapshots/abc/metrics/wip')
  })
})

describe('request', () => {
  const answer = (status: number, body: unknown) =>
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify(body), { status })))

  it('turns a problem into an error that knows whether it may pass', async () => {
    answer(400, { type: 't', title: 'Bad parameter', status: 400, detail: 'd', faults: [] })
    const error = await request('/x', { accept: '*/*' }).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(RequestError)
    expect(error).toMatchObject({ message: 'Bad parameter', status: 400, mayPass: false, body: { detail: 'd' } })
  })

  it('says so when the answer is no problem document', async () => {
    answer(503, 'busy')
    await expect(request('/x', { accept: '*/*' })).rejects.toMatchObject({ message: 'The server answered 503.', mayPass: true })
  })

  it('has status 0 when nobody answers', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')))
    await expect(request('/x', { accept: '*/*' })).rejects.toMatchObject({ status: 0, mayPass: true })
  })
})
