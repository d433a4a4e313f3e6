import type { Fault } from '@/lib/problem'
import { showValue } from '@/lib/problem'
import { isNear, nearestNames } from './nearest'

/** Keys and indices from the top of the file. */
export type Path = readonly (string | number)[]

export interface FaultDetail {
  readonly value?: unknown
  /** Valid names: the nearest is offered, and all of them when they are few, else the nearest few. */
  readonly names?: readonly string[]
  /** Another file than the portfolio's: name and line, e.g. `csat.csv:4`. */
  readonly elsewhere?: string
}

const MOST_FAULTS = 500
const MOST_NAMES = 16
/** How many are offered when there are more. */
const NEAREST_NAMES = 3

/** Collects everything that is wrong with one portfolio file, each with file, line and path. */
export class FaultList {
  private readonly entries: { readonly line: number; readonly fault: Fault }[] = []
  private left = 0

  constructor(
    private readonly file: string,
    private readonly lineAt: (path: Path) => number | undefined = () => undefined,
  ) {}

  get size(): number {
    return this.entries.length + this.left
  }

  add(path: Path, message: string, detail: FaultDetail = {}): void {
    if (this.entries.length >= MOST_FAULTS) {
      this.left++
      return
    }
    const line = this.lineAt(path)
    const at = detail.elsewhere ?? (line === undefined ? this.file : `${this.file}:${line}`)
    const value = detail.value === undefined ? {} : { value: showValue(detail.value) }
    const where = path.length ? `${at} ${pathText(path)}` : at
    this.entries.push({ line: line ?? 0, fault: { where, ...value, ...named(message, detail) } })
  }

  /** In the order of the file; says how many were left out when there are too many to read. */
  toFaults(): Fault[] {
    const faults = this.entries.toSorted((a, b) => a.line - b.line).map((entry) => entry.fault)
    return this.left ? [...faults, { where: this.file, message: `and ${this.left} more` }] : faults
  }
}

/** `streams[0].stages[1].kind`; a key that is no plain word stands in brackets and quotes. */
function pathText(path: Path): string {
  return path.map(stepText).join('').replace(/^\./, '')
}

function stepText(step: string | number): string {
  if (typeof step === 'number') return `[${step}]`
  return /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(step) ? `.${step}` : `[${showValue(step)}]`
}

function named(message: string, { value, names }: FaultDetail): { message: string; allowed?: readonly string[] } {
  if (!names?.length) return { message }
  const valid = [...new Set(names)]
  const given = typeof value === 'string' ? value : ''
  const near = nearestNames(given, valid, NEAREST_NAMES)
  const hint = near[0] !== undefined && given && isNear(given, near[0]) ? `; did you mean ${showValue(near[0])}?` : ''
  return { message: message + hint, allowed: valid.length <= MOST_NAMES ? valid : near }
}
