import { byPlace, type Finding } from './finding'
import type { Outcome } from './parts'

export function isFailure(outcome: Outcome): boolean {
  return typeof outcome === 'string' || (outcome ?? []).some(({ level }) => level === 'error')
}

/** A line for the part, and below it what is wrong, where and why. Warnings are counted, and listed when asked for. */
export function reportText(name: string, about: string, outcome: Outcome, seconds: number, withWarnings: boolean): string {
  const head = `${isFailure(outcome) ? '✗' : '✓'} ${name.padEnd(10)} ${about}`
  const time = `${seconds.toFixed(1)} s`
  if (typeof outcome === 'string') return `${head} (${time})\n${indent(outcome)}`
  const findings = [...(outcome ?? [])].sort(byPlace)
  const errors = findings.filter(({ level }) => level === 'error')
  const warnings = findings.filter(({ level }) => level === 'warning')
  const counts = [errors.length && `${errors.length} wrong`, warnings.length && `${warnings.length} to look at`].filter(Boolean)
  const listed = withWarnings ? findings : errors
  return [`${head} (${[...counts, time].join(', ')})`, ...listed.map(findingText)].join('\n')
}

function findingText({ level, path, line, message, reason }: Finding): string {
  const place = line > 0 ? `${path}:${line}` : path
  return `  ${level === 'warning' ? 'look at ' : ''}${place}  ${message}\n      because ${reason}`
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n')
}
