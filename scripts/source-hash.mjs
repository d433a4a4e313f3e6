import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './paths.mjs'

const NO_SOURCE = /(\.test\.tsx?$|^app\/_e2e\/|^lib\/testing\/|\/fixtures\/)/

/** One hash over names and contents of files and folders of the project; what only tests use is left out. */
export function sourceHash(places) {
  const hash = createHash('sha256')
  for (const file of places.flatMap(filesOf))
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(ROOT, file)))
      .update('\0')
  return hash.digest('hex')
}

function filesOf(place) {
  const status = statSync(join(ROOT, place), { throwIfNoEntry: false })
  if (!status) return []
  if (!status.isDirectory()) return NO_SOURCE.test(place) ? [] : [place]
  return readdirSync(join(ROOT, place))
    .sort()
    .flatMap((name) => filesOf(`${place}/${name}`))
}
