import { readFileSync } from 'node:fs'
import { fileOptions } from '@/lib/connectors/file/options'
import type { Portfolio } from '@/lib/model/portfolio'
import type { Fault } from '@/lib/problem'
import { Problem } from '@/lib/problem'
import { parsePortfolio } from './portfolio'
import type { PortfolioOptions } from './reading'

const METRICS = ['cumulative-flow', 'span-percentiles', 'throughput', 'wip']

export function fixture(name: string): string {
  return readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8')
}

export function read(text: string, options: Partial<PortfolioOptions> = {}): Portfolio {
  return parsePortfolio(text, { file: 'p.yaml', readText: fixture, sourceSchemas: { file: fileOptions }, metricNames: METRICS, ...options })
}

/** The faults of a text; fails when it has none, and lets anything but a Problem through. */
export function faultsOf(text: string, options: Partial<PortfolioOptions> = {}): readonly Fault[] {
  try {
    read(text, options)
  } catch (error) {
    if (error instanceof Problem) return error.faults
    throw error
  }
  throw new Error('expected a Problem, but the text was accepted')
}
