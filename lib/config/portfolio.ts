import type { Portfolio } from '@/lib/model/portfolio'
import { SPANS } from '@/lib/model/unit'
import { ownSpans } from '@/lib/model/value-stream'
import { Problem } from '@/lib/problem'
import { readAnnotations } from './annotations'
import { readCalendar } from './calendar'
import { FaultList } from './fault-list'
import { readGoals } from './goals'
import { check } from './issues'
import { readKpis } from './kpis'
import type { Names, PortfolioOptions } from './reading'
import { dimensionNames, idsOf, isRecord, listAt, refuseDuplicateIds } from './reading'
import { portfolioShell } from './schema'
import { sourceDimensions } from './sources'
import { readStream } from './stream'
import { readYaml } from './yaml'

/** Reads a portfolio file. Throws one Problem with all faults: file, line, path, value, and the nearest valid name. */
export function parsePortfolio(text: string, options: PortfolioOptions): Portfolio {
  const { value, lineAt, blemishes } = readYaml(text, options.file)
  const faults = new FaultList(options.file, lineAt)
  for (const { path, message } of blemishes) faults.add(path, message)
  const portfolio = readPortfolio(faults, value, options)
  if (portfolio && faults.size === 0) return portfolio
  throw new Problem('configuration', `${options.file} has ${faults.size === 1 ? '1 fault' : `${faults.size} faults`}`, {
    faults: faults.toFaults(),
  })
}

function readPortfolio(faults: FaultList, value: unknown, options: PortfolioOptions): Portfolio | undefined {
  if (!isRecord(value)) {
    faults.add([], 'must be a map with the keys name, timezone and streams', { value })
    return undefined
  }
  const shell = check(faults, { value, schema: portfolioShell, path: [] })
  const timezone = shell?.timezone ?? 'UTC'
  const calendar = readCalendar(faults, value.calendar, ['calendar'])
  refuseDuplicateIds(faults, listAt(value, 'streams'), ['streams'])
  const streams = listAt(value, 'streams').map((entry, index) => readStream(faults, entry, ['streams', index], { ...options, timezone }))
  const sound = streams.filter((stream) => stream !== undefined)
  const sources = [...sound.flatMap((stream) => stream.sources), ...listAt(value, 'streams').flatMap((entry) => listAt(entry, 'sources'))]
  const names: Names = {
    streams: idsOf(listAt(value, 'streams')),
    goals: idsOf(listAt(value, 'goals')),
    spans: [...SPANS, ...ownSpans(sound).map((span) => span.id)],
    dimensions: dimensionNames(sourceDimensions(sources)),
  }
  const goals = readGoals(faults, listAt(value, 'goals'), ['goals'], names)
  const kpis = readKpis(faults, listAt(value, 'kpis'), ['kpis'], names, options)
  const annotations = readAnnotations(faults, listAt(value, 'annotations'), ['annotations'], names)
  return shell && { name: shell.name, timezone, calendar, streams: sound, goals, kpis, annotations }
}
