import { spawn } from 'node:child_process'

/** Runs Node programs one after the other in `root`; the output of the first that fails, else undefined. */
export async function failureOf(root: string, programs: readonly (readonly string[])[]): Promise<string | undefined> {
  for (const program of programs) {
    const { code, output } = await run(root, program)
    if (code !== 0) return output.trim() || `node ${program.join(' ')} ended with exit code ${code}`
  }
  return undefined
}

function run(root: string, program: readonly string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((settle, fail) => {
    const child = spawn(process.execPath, program, { cwd: root, env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' } })
    let output = ''
    const keep = (text: Buffer) => {
      output += text.toString()
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', fail)
    child.on('close', (code) => settle({ code, output }))
  })
}
