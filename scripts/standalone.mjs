import http from 'node:http'
import { pathToFileURL } from 'node:url'
import { offerBrotli } from './encoding.mjs'

// Whoever started the server holds the other end: when that process is gone, however it went, so is the server.
process.on('disconnect', () => process.exit(0))

const { createServer } = http
http.createServer = (...given) => {
  const server = createServer(...given)
  offerBrotli(server)
  return server
}

await import(pathToFileURL(process.argv[2]).href)
