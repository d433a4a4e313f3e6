// Next takes `Content-Encoding` away from what a route answers. So a route that compresses by itself names the encoding in a header of
// ours, and may do so only where this request carries the same header: then this server stands in between and puts it right.
export const ENCODING_HEADER = 'x-streamgauge-encoding'

/**
 * Lets routes of a server answer in Brotli whoever accepts it.
 * @param {import('node:http').Server} server
 */
export function offerBrotli(server) {
  server.prependListener('request', (request, response) => {
    delete request.headers[ENCODING_HEADER]
    if (!acceptsBrotli(request.headers['accept-encoding'])) return
    request.headers[ENCODING_HEADER] = 'br'
    const setHeader = response.setHeader
    response.setHeader = function (name, value) {
      if (name.toLowerCase() !== ENCODING_HEADER) return setHeader.call(this, name, value)
      return setHeader.call(this, 'Content-Encoding', Array.isArray(value) ? value[0] : value)
    }
  })
}

/** Whether an Accept-Encoding header names Brotli without refusing it. */
export function acceptsBrotli(header) {
  return (header ?? '').split(',').some((part) => {
    const [name, ...options] = part.split(';').map((text) => text.trim().toLowerCase())
    return name === 'br' && !options.some((option) => /^q=0(\.0*)?$/.test(option))
  })
}
