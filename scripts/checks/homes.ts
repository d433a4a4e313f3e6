import type { Finding } from './finding'
import { isTest, isTestSupport } from './kinds'
import { type Project, packageOf } from './project'

interface Home {
  readonly what: string
  readonly isIt: (mention: string) => boolean
  readonly places: readonly RegExp[]
  readonly inTests: boolean
  readonly reason: string
}

/** `owner.member` pairs with one home each, beside the packages below. */
const HOMES: readonly Home[] = [
  {
    what: 'echarts.init',
    isIt: (mention) => mention === 'echarts.init',
    places: [/^app\/_ui\/chart\.tsx$/, /^app\/_ui\/chart-svg\.ts$/],
    inTests: false,
    reason:
      'one component makes, resizes and disposes of charts, and one file draws those that no page holds: to be saved, or the first of a page; use <Chart>',
  },
  {
    what: 'process.env',
    isIt: (mention) => mention === 'process.env',
    places: [/^lib\/config\/environment\.ts$/, /^scripts\/.*\.mjs$/, /^scripts\/checks\/tools\.ts$/, /^[^/]+\.config\.m?[jt]s$/],
    inTests: true,
    reason: 'a setting is read once, checked and documented, in lib/config/environment.ts',
  },
  {
    what: 'the clock',
    isIt: (mention) => /^(?:new Date|Date\.now|performance\.now|Temporal\.Now)$/.test(mention),
    // The instant at which a snapshot is made is written into it, once, by the command that makes it; the .mjs files wait for processes.
    // What statements took decides whose turn it is, never what is answered.
    places: [
      /^lib\/engine\/duckdb\/costs\.ts$/,
      /^scripts\/cli\/make-snapshot\.ts$/,
      /^scripts\/(?:bench|smoke|checks)\b/,
      /^scripts\/.*\.mjs$/,
    ],
    inTests: true,
    reason: 'what depends on the present moment gives another answer tomorrow: take the instant as an argument',
  },
  {
    what: 'Math.random',
    isIt: (mention) => mention === 'Math.random',
    places: [],
    inTests: false,
    reason: 'randomness comes from a seed, so that a run can be repeated: use lib/stats/rng.ts',
  },
]

const PACKAGE_HOMES: readonly { readonly name: RegExp; readonly place: RegExp; readonly reason: string }[] = [
  {
    name: /^@duckdb\//,
    place: /^lib\/engine\/duckdb\//,
    reason: 'all others speak to the engine interface, so that another engine can take its place',
  },
  { name: /^@clickhouse\//, place: /^lib\/engine\/clickhouse\//, reason: 'all others speak to the engine interface' },
]

/** Things that have one home each, found elsewhere. */
export function checkHomes(project: Project): readonly Finding[] {
  const mentions = [...project.modules.values()].flatMap((module) =>
    module.mentions.flatMap(({ what, line }) => {
      const home = HOMES.find(({ isIt }) => isIt(what))
      if (!home || isAtHome(home, module.path)) return []
      return [{ level: 'error' as const, path: module.path, line, message: `${what}: not the home of ${home.what}`, reason: home.reason }]
    }),
  )
  const packages = project.links.flatMap(({ from, line, specifier }) => {
    const name = packageOf(specifier)
    const home = PACKAGE_HOMES.find((one) => name !== undefined && one.name.test(name))
    if (!home || home.place.test(from) || isTest(from)) return []
    return [{ level: 'error' as const, path: from, line, message: `${name}: not the home of this package`, reason: home.reason }]
  })
  return [...mentions, ...packages]
}

function isAtHome(home: Home, path: string): boolean {
  return home.places.some((place) => place.test(path)) || (home.inTests && (isTest(path) || isTestSupport(path)))
}
