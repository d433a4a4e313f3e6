import { mkdtempSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Row, toRows } from '@/lib/engine/columns'
import { openDuckdb } from '@/lib/engine/duckdb/engine'
import type { RawParams } from '@/lib/metrics/params'
import { runMetric } from '@/lib/metrics/run'
import { SnapshotStore } from '@/lib/snapshot/store'
import { formatDay, parseDay } from '@/lib/time/day'
import { makeSnapshot } from '@/scripts/cli/make-snapshot'
import { FIGURES } from './figures'
import { SCORES, WEEKS_TO_TARGET } from './purpose'
import { GOAL, STAGES, STORY, type StoryItem } from './story'

/** A Monday, and the first of a month. */
const DAY_BEFORE = (parseDay('2024-04-01') ?? 0) - 1
/** The last score is of the second week of the story. */
const FIRST_SCORE = DAY_BEFORE + 8 - 7 * (SCORES.length - 1)
const TYPES = { feature: 'Story', defect: 'Bug', debt: 'Chore' }

/** A day of the story as a date. */
export function dateOf(day: number): string {
  return formatDay(DAY_BEFORE + day)
}

interface ToldStory {
  ask(metric: string, params?: RawParams): Promise<Row[]>
  close(): Promise<void>
}

/** The story of the drawings, read from files and built as any portfolio is, to be asked. */
export async function tellStory(): Promise<ToldStory> {
  const folder = mkdtempSync(path.join(tmpdir(), 'streamgauge-story-'))
  writeFileSync(path.join(folder, 'story.csv'), csv())
  writeFileSync(path.join(folder, 'score.csv'), scores())
  writeFileSync(path.join(folder, 'portfolio.yaml'), portfolio())
  const store = new SnapshotStore(path.join(folder, 'data'))
  await makeSnapshot(path.join(folder, 'portfolio.yaml'), store, { progress: () => undefined })
  const snapshot = await store.current()
  const engine = await openDuckdb({ readable: [folder] })
  return {
    ask: async (metric, params = {}) => toRows((await runMetric({ engine, snapshot, metric, params })).table),
    close: async () => {
      await engine.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A row for each change, all at nine in the morning: so every stay lasts whole days. */
function csv(): string {
  return ['id,title,at,state,type,team,goal,blocked', ...STORY.flatMap(changesOf)].join('\n')
}

function changesOf(item: StoryItem): string[] {
  const { stays, end, blocked, handed, team, goal, type, id, title } = item
  const days = [...stays.map(({ from }) => from), end?.day, blocked?.from, blocked?.to, handed?.day]
  const ordered = [...new Set(days.filter((day) => day !== undefined))].sort((a, b) => a - b)
  return ordered.map((day) => {
    const stay = stays.find(({ from, to }) => from <= day && day < to)
    const state = stay ? stay.stage : end?.how === 'cancelled' ? 'Dropped' : 'done'
    const isBlocked = blocked !== undefined && blocked.from <= day && day < blocked.to
    const ownTeam = handed && day >= handed.day ? handed.team : team
    return [id, title, `${dateOf(day)} 09:00`, state, type ? TYPES[type] : '', ownTeam, goal ?? '', isBlocked ? 'yes' : 'no'].join(',')
  })
}

function scores(): string {
  return ['date,value', ...SCORES.map((score, week) => `${formatDay(FIRST_SCORE + 7 * week)},${score}`)].join('\n')
}

export const SCORES_FROM = formatDay(FIRST_SCORE)

function portfolio(): string {
  const stages = STAGES.map(({ id, name, kind }) => `      - {id: ${id}, name: ${name}, kind: ${kind}, states: [${id}]}`)
  const due = formatDay(FIRST_SCORE + 7 * WEEKS_TO_TARGET)
  return `name: Story
timezone: UTC
streams:
  - id: story
    name: Story
    sources:
      - connector: file
        path: story.csv
        columns: {item: id, title: title, at: at, state: state, type: type, goal: goal, blocked: blocked}
        timestamps: {format: '%Y-%m-%d %H:%M', timezone: UTC}
        dimensions: {team: team}
    types: {feature: [Story], defect: [Bug], debt: [Chore]}
    stages:
${stages.join('\n')}
    cancelled: [Dropped]
    committed: ready
    started: build
    sle: {percentile: 85, days: ${FIGURES.predictability.expected}}
goals:
  - {id: ${GOAL}, name: A quick checkout, level: strategic, due: ${due}}
kpis:
  - {id: score, goal: ${GOAL}, area: current-value, name: Score, series: score.csv, unit: points, direction: higher, baseline: 20, target: 40, due: ${due}}
`
}
