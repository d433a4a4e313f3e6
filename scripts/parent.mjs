const EVERY_MS = 500

/**
 * Ends this process, as if asked to, when the npm that started it is gone: npm that is killed leaves behind what it runs.
 * Without npm nothing happens: a process that somebody put into the background stays there.
 */
export function endWithNpm() {
  if (!process.env.npm_lifecycle_event) return
  const parent = process.ppid
  setInterval(() => process.ppid === parent || process.kill(process.pid, 'SIGTERM'), EVERY_MS).unref()
}
