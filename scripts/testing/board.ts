import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Rng } from '@/lib/stats/rng'

const HOUR_MS = 3_600_000
const START = Date.UTC(2025, 0, 6, 8)
const TEAMS = ['Ash', 'Birch, Beech', "O'Elm"]
const TITLES = ['Plain', 'With, comma', 'Says "hello"', '=1+1', 'Größe – naïve', 'two\nlines']

/** Writes a small event log and the portfolio file that reads it: a board with odd titles, moves back, blocks and a cancelled item. @returns the portfolio file */
export async function writeBoard(folder: string, options: { readonly items?: number; readonly name?: string } = {}): Promise<string> {
  const { items = 60, name = 'Board' } = options
  await mkdir(folder, { recursive: true })
  const rng = Rng.of(5)
  const rows = Array.from({ length: items }, (_, index) => itemRows(index, rng)).flat()
  await writeFile(path.join(folder, 'board.csv'), `${['id,at,state,team,type,title,blocked,area', ...rows].join('\n')}\n`)
  const file = path.join(folder, 'portfolio.yaml')
  await writeFile(file, portfolioText(name))
  return file
}

function itemRows(index: number, rng: Rng): string[] {
  const team = TEAMS[index % TEAMS.length] ?? ''
  const title = `${TITLES[index % TITLES.length]} ${index}`
  const states =
    index % 9 === 0 ? ['Open', 'Doing', 'Open', 'Doing', 'Done'] : index % 13 === 0 ? ['Open', 'Dropped'] : ['Open', 'Doing', 'Done']
  let at = START + index * 7 * HOUR_MS
  return states.slice(0, index % 11 === 0 ? 2 : undefined).map((state) => {
    const row = [
      `B-${index}`,
      new Date(at).toISOString(),
      state,
      team,
      index % 4 ? 'Story' : 'Bug',
      title,
      state === 'Doing' && index % 5 === 0 ? 'yes' : '',
      index % 3 ? 'north' : '',
    ]
    at += Math.ceil(rng.uniform() * 90) * HOUR_MS
    return row.map(quoted).join(',')
  })
}

function quoted(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function portfolioText(name: string): string {
  return `name: ${name}
timezone: Europe/Berlin
streams:
  - id: board
    name: The board
    sources:
      - connector: file
        path: board.csv
        columns: {item: id, at: at, state: state, title: title, type: type, blocked: blocked}
        dimensions: {team: team, area: area}
    types: {feature: [Story], defect: [Bug]}
    stages:
      - {id: open, name: Open, kind: queue, states: [Open]}
      - {id: doing, name: Doing, kind: active, states: [Doing]}
      - {id: done, name: Done, kind: done, states: [Done]}
    cancelled: [Dropped]
    committed: doing
    sle: {percentile: 85, days: 5}
goals:
  - {id: north, name: Go north, level: strategic, due: 2025-12-31, match: {area: [north]}}
kpis:
  - {id: p85, goal: north, area: time-to-market, metric: span-percentiles, span: lead, percentile: 85, grain: week, unit: days, direction: lower, baseline: 9, target: 5, due: 2025-12-31}
`
}
