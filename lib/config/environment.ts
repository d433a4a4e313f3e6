import path from 'node:path'
import { z } from 'zod'
import { Problem, showValue } from '@/lib/problem'

const MEMORY = /^\d+(\.\d+)?\s?([KMGT]i?B|%)$/i

const schema = z.object({
  STREAMGAUGE_DATA: z.string().min(1).optional(),
  STREAMGAUGE_MEMORY: z.string().regex(MEMORY, 'must be an amount of memory such as 2GB or 60%').optional(),
  STREAMGAUGE_THREADS: z
    .string()
    .regex(/^[1-9]\d{0,2}$/, 'must be a whole number of threads, 1 to 999')
    .transform(Number)
    .optional(),
  STREAMGAUGE_QUERY_SECONDS: z
    .string()
    .regex(/^[1-9]\d{0,4}$/, 'must be a whole number of seconds, 1 to 99999')
    .transform(Number)
    .optional(),
  STREAMGAUGE_QUEUE: z
    .string()
    .regex(/^[1-9]\d{0,5}$/, 'must be a whole number of queries, 1 to 999999')
    .transform(Number)
    .optional(),
  NODE_ENV: z.string().optional(),
})

const DEFAULT_QUERY_SECONDS = 30

/** Looked up, not written into the path: the bundler takes a whole folder of the project into its memory when a path names it. */
const FOLDERS = new Map([['data', 'data']])

/** What the surroundings of the process decide. */
export interface Environment {
  /** Absolute; absent when STREAMGAUGE_DATA is not set. */
  readonly dataFolder?: string
  /** Memory for queries, as DuckDB writes it; absent: 80 % of the machine. */
  readonly memoryLimit?: string
  /** Threads for queries; absent: one per core. */
  readonly threads?: number
  /** A query that takes longer is stopped. */
  readonly querySeconds: number
  /** Queries that may wait for their turn; absent: as many as the engine says. */
  readonly queueLength?: number
  /** Problems may then name paths, and answers are not kept by browsers. */
  readonly isDevelopment: boolean
}

/** Absolute path of the folder that a server serves: the one that was named, else `data` where it was started. */
export function servedFolder({ dataFolder }: Environment): string {
  return dataFolder ?? path.resolve(String(FOLDERS.get('data')))
}

/** Reads the process environment; its only home. @throws Problem `environment` that names the variable */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>> = process.env): Environment {
  const given = Object.fromEntries(Object.entries(variables).filter(([name, value]) => name in schema.shape && value !== ''))
  const result = schema.safeParse(given)
  if (!result.success) {
    const faults = result.error.issues.map((issue) => {
      const where = issue.path.join('.')
      return { where, message: issue.message, value: showValue(given[where]) }
    })
    throw new Problem('environment', "An environment variable has a value that can't be used", { status: 500, faults })
  }
  const { STREAMGAUGE_DATA, STREAMGAUGE_MEMORY, STREAMGAUGE_THREADS, STREAMGAUGE_QUERY_SECONDS, STREAMGAUGE_QUEUE, NODE_ENV } = result.data
  return {
    dataFolder: STREAMGAUGE_DATA === undefined ? undefined : path.resolve(STREAMGAUGE_DATA),
    memoryLimit: STREAMGAUGE_MEMORY,
    threads: STREAMGAUGE_THREADS,
    querySeconds: STREAMGAUGE_QUERY_SECONDS ?? DEFAULT_QUERY_SECONDS,
    queueLength: STREAMGAUGE_QUEUE,
    isDevelopment: NODE_ENV === 'development',
  }
}
