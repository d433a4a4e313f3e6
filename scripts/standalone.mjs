import { pathToFileURL } from 'node:url'

// Whoever started the server holds the other end: when that process is gone, however it went, so is the server.
process.on('disconnect', () => process.exit(0))

await import(pathToFileURL(process.argv[2]).href)
