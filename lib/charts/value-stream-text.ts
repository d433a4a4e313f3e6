import type { Format } from './format'
import type { MapMove, MapStage, StreamMap } from './value-stream-map'

/** Elapsed time in its largest unit: "9.3 d", "8 h", "20 min". */
export function timeText(days: number, format: Format): string {
  if (days >= 0.95) return `${format.number(days, days < 99.5 ? 1 : 0)} d`
  const hours = days * 24
  if (hours >= 0.95) return `${format.number(hours)} h`
  return days > 0 ? `${format.number(Math.max(hours * 60, 1))} min` : '0'
}

/** "Of 19 days from Analysis to Done, 16 are waiting; most of it in Waiting for test (9 days)." */
export function mapVerdict(map: StreamMap, format: Format): string | undefined {
  const total = map.active + map.waiting
  if (total <= 0) return undefined
  const digits = total < 10 ? 1 : 0
  const days = (value: number) => format.number(value, digits)
  const unit = days(total) === '1' ? 'day' : 'days'
  const longest = [...map.stages].filter((stage) => stage.counted).sort((a, b) => b.waiting - a.waiting)[0]
  const head = `Of ${days(total)} ${unit} from ${map.startName} to ${map.endName}, ${days(map.waiting)} ${days(map.waiting) === '1' ? 'is' : 'are'} waiting`
  if (!longest || longest.waiting <= 0) return `${head}.`
  const most = longest.waitShare > 0.5 ? 'most of it' : 'the largest part'
  return `${head}; ${most} in ${longest.name} (${timeText(longest.waiting, format).replace(/ d$/, ' days')}, ${format.percent(longest.waitShare)}).`
}

export interface Figure {
  readonly label: string
  readonly value: string
  /** One line. */
  readonly means: string
}

/** Figures in a box, always these in this order; a triangle has the last ones only. */
export function stageFigures(stage: MapStage, format: Format): Figure[] {
  const share = (ratio: number | null) => (ratio === null ? '–' : format.percent(ratio))
  const limit = stage.wipLimit === undefined ? '' : ` of ${format.number(stage.wipLimit)}`
  return [
    { label: 'Active', value: timeText(stage.active, format), means: 'mean time worked per item that left' },
    { label: 'WIP', value: `${format.number(stage.wip)}${limit}`, means: 'items in it at the end of the period' },
    { label: 'First pass', value: share(stage.firstPass), means: 'exits forward that did not come back' },
    { label: 'Blocked', value: share(stage.blockedShare), means: 'share of its time that is blocked' },
  ]
}

/** All that is known of a stage, a line each; the first is its name. */
export function stageLines(stage: MapStage, format: Format): string[] {
  const [active, wip, pass, blocked] = stageFigures(stage, format)
  const line = (figure: Figure | undefined) => (figure ? [`${figure.label} ${figure.value}: ${figure.means}.`] : [])
  return [
    stage.name,
    ...(stage.kind === 'active' ? line(active) : []),
    ...(stage.waiting > 0 || stage.kind === 'queue'
      ? [`Waiting ${timeText(stage.waiting, format)}: mean time waiting or blocked per item that left.`]
      : []),
    ...line(wip),
    ...line(pass),
    ...line(blocked),
    ...(stage.isWaste ? [`${format.percent(stage.waitShare)} of all waiting is here.`] : []),
    ...stage.evidence.map(({ kind, text }) => `${kind}: ${text}`.replace(/^./, (letter) => letter.toUpperCase())),
    ...(stage.counted ? [] : ['Outside the span: not part of the totals.']),
  ]
}

/** What the end of the map says, a line each. */
export function doneLines(map: StreamMap, format: Format): string[] {
  return [map.doneName, `Reached ${format.count(map.doneCount, 'time')}: an item that comes back and is done again counts again.`]
}

/** "1,033 moves back from Review to Development, by 890 items." */
export function moveText(move: MapMove, format: Format): string {
  const way = { back: ' back', skip: ', past the stages between,', forward: '', out: '' }[move.kind]
  return `${format.count(move.moves, 'move')}${way} from ${move.fromName} to ${move.toName}, by ${format.count(move.items, 'item')}.`
}

/** Words in lines of at most so many characters; what does not fit into the lines ends in an ellipsis. */
export function wrapText(text: string, perLine: number, most: number): string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const last = lines[lines.length - 1]
    if (last !== undefined && last.length + 1 + word.length <= perLine) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  const shown = lines.slice(0, most).map((line) => (line.length > perLine ? cut(line, perLine) : line))
  const end = shown[most - 1]
  if (lines.length > most && end !== undefined) shown[most - 1] = end.endsWith('…') ? end : cut(`${end} …`, perLine)
  return shown
}

function cut(line: string, perLine: number): string {
  return line.length <= perLine
    ? line.replace(/ …$/, '…')
    : `${[...line]
        .slice(0, Math.max(perLine - 1, 1))
        .join('')
        .trimEnd()}…`
}
