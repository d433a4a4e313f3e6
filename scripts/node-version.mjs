const MINIMUM = [20, 12]

/** Ends the process with a plain message when Node is older than the project needs. Must itself run on any Node with modules. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1])) return
  process.stderr.write(
    `Streamgauge needs Node ${MINIMUM.join('.')} or newer; this is ${process.versions.node} (${process.execPath}). Install Node 22 or 24 and run the command again.\n`,
  )
  process.exit(1)
}
