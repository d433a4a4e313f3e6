import assert from 'node:assert/strict'

/** What only the real server shows of the API: headers as Next leaves them, and sockets that close early. */
export const API_CHECKS = {
  'an answer keeps its headers, and is not sent twice': async (url) => {
    const address = `${await snapshotAddress(url)}/metrics/wip?format=json`
    const response = await fetch(address)
    assert.equal(response.headers.get('cache-control'), 'public, max-age=31536000, immutable')
    const etag = response.headers.get('etag')
    assert.match(etag ?? '', /^"[\w-]{27}"$/)
    const again = await fetch(address, { headers: { 'if-none-match': etag } })
    assert.deepEqual([again.status, await again.text()], [304, ''])
  },
  'JSON comes compressed and whole': async (url) => {
    const response = await fetch(`${await snapshotAddress(url)}/metrics/wip?format=json`, { headers: { 'accept-encoding': 'gzip' } })
    assert.equal(response.headers.get('content-encoding'), 'gzip')
    assert.ok((await response.json()).length > 1000)
  },
  'HEAD is answered without a body, other methods are refused': async (url) => {
    const address = `${await snapshotAddress(url)}/metrics/wip`
    const head = await fetch(address, { method: 'HEAD' })
    assert.deepEqual([head.status, (await head.arrayBuffer()).byteLength], [200, 0])
    assert.equal((await fetch(address, { method: 'POST' })).status, 405)
  },
  '"current" leads to the snapshot': async (url) => {
    const response = await fetch(`${url}/api/snapshots/current/metrics/throughput?format=csv`)
    assert.equal(response.status, 200)
    assert.match(response.url, /\/snapshots\/[0-9a-f]{20}\/metrics\/throughput\?format=csv$/)
    assert.match(await response.text(), /^period_on,item_count,partial\r\n/)
  },
  'pages and routes share one process without mixing up their questions': async (url) => {
    const address = `${await snapshotAddress(url)}/metrics/facets?format=json`
    const [page, answer] = await Promise.all([fetch(url), fetch(address)])
    assert.deepEqual([page.status, answer.status], [200, 200])
  },
  'requests that are given up leave the server healthy': async (url) => {
    const address = await snapshotAddress(url)
    const asked = Array.from({ length: 40 }, (_, index) => {
      const search = `groupBy=team&rule=ever&from=2023-0${1 + (index % 9)}-01&format=json`
      return fetch(`${address}/metrics/cumulative-flow?${search}`, { signal: AbortSignal.timeout(5 + index * 5) }).then((response) =>
        response.text(),
      )
    })
    const outcomes = await Promise.allSettled(asked)
    assert.ok(outcomes.some((outcome) => outcome.status === 'rejected'))
    assert.equal((await (await fetch(`${url}/api/health`)).json()).status, 'ok')
  },
  'a parameter of a megabyte is refused': async (url) => {
    const address = `${await snapshotAddress(url)}/metrics/wip?team=${'a'.repeat(1_000_000)}`
    assert.ok(
      [400, 413, 414, 431].includes(
        await fetch(address).then(
          (response) => response.status,
          () => 431,
        ),
      ),
    )
    assert.equal((await fetch(`${url}/api/health`)).status, 200)
  },
}

async function snapshotAddress(url) {
  const { id } = await (await fetch(`${url}/api/snapshots/current`)).json()
  return `${url}/api/snapshots/${id}`
}
