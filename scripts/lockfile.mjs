import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './paths.mjs'

// `npm ci` refuses a lockfile without an entry for each optional dependency, also for other systems. npm writes only entries of
// packages that the registry in use has, and some registries lack the binaries of some systems. So the missing ones are added here:
// by name and exact version, without a checksum, because nobody here has seen their content.
const FILE = process.argv.slice(2).find((word) => word !== '--check') ?? join(ROOT, 'package-lock.json')
const SYSTEMS = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
  'linuxmusl',
  'webcontainers',
]
const CPUS = ['arm', 'arm64', 'ia32', 'x64', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32']

const lock = JSON.parse(readFileSync(FILE, 'utf8'))
const missing = missingEntries(lock.packages)
if (missing.size === 0) process.exit(0)
if (process.argv.includes('--check')) {
  process.stderr.write(`${FILE} lacks ${[...missing.keys()].join(', ')}: \`npm ci\` would fail. Run node scripts/lockfile.mjs\n`)
  process.exit(1)
}
const packages = Object.entries({ ...lock.packages, ...Object.fromEntries(missing) })
lock.packages = Object.fromEntries(packages.sort(([a], [b]) => a.localeCompare(b, 'en')))
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`)
process.stdout.write(`${FILE}: ${missing.size} entries added\n`)

function missingEntries(packages) {
  const found = new Map()
  for (const [place, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (!places(place, name).some((other) => packages[other])) found.set(`node_modules/${name}`, systemEntry(name, version, entry.dev))
    }
  }
  return found
}

/** Where Node would look for a package: beside, and in every folder above. */
function places(place, name) {
  const parts = place.split('/node_modules/')
  const above = parts.map((_, index) => `${parts.slice(0, index + 1).join('/node_modules/')}/node_modules/${name}`)
  return [...above, `node_modules/${name}`]
}

function systemEntry(name, version, dev) {
  if (!/^\d+\.\d+\.\d+[\w.-]*$/.test(version))
    throw new Error(`${name} is wanted as "${version}": only an exact version can be written down unseen`)
  const words = name.split(/[/-]/)
  const cpu = CPUS.find((word) => words.includes(word)) ?? (words.includes('armv7') || words.includes('armhf') ? 'arm' : undefined)
  const os = SYSTEMS.find((word) => words.includes(word))
  const libc = /musl/.test(name) ? 'musl' : os === 'linux' && words.includes('gnu') ? 'glibc' : undefined
  return {
    version,
    ...(cpu && { cpu: [cpu] }),
    ...(dev && { dev: true }),
    ...(libc && { libc: [libc] }),
    optional: true,
    ...(os && { os: [os === 'linuxmusl' ? 'linux' : os] }),
  }
}
