import type { Drawing } from './drawing'
import { FIGURES } from './figures'
import { INK, Label } from './marks'
import { STAGES, type StageId } from './story'

const map = FIGURES['value-stream-map']
const [MIDDLE, BOX_HEIGHT, BOX_WIDTH] = [78, 40, 56]
const PLACES: Readonly<Record<StageId, number>> = { ready: 32, build: 104, 'for-test': 178, test: 250, done: 315 }
/** Half the width of a node, as far as arrows stay away from its middle. */
const REACH: Readonly<Record<StageId, number>> = { ready: 20, build: 28, 'for-test': 20, test: 28, done: 23 }

const MOVES: readonly { readonly from: StageId; readonly to: StageId; readonly count: number }[] = [
  { from: 'ready', to: 'build', count: map.moves.intoBuild },
  { from: 'build', to: 'for-test', count: map.moves.intoForTest },
  { from: 'for-test', to: 'test', count: map.moves.intoTest },
  { from: 'test', to: 'done', count: map.moves.intoDone },
]

export const valueStreamMap: Drawing = {
  caption: `Boxes are work, triangles are queues, and arrows say how many items took them. Items waited ${map.waited.ready} days in Ready and ${map.waited['for-test']} for test; they were worked on for ${map.worked.build} days in Build, where ${map.waited.build} more were blocked, and ${map.worked.test} in Test. ${map.moves.back} move went back.`,
  height: 164,
  Picture: () => (
    <>
      {MOVES.map((move) => (
        <Move key={move.from} {...move} />
      ))}
      {STAGES.map((stage) => (
        <Node key={stage.id} id={stage.id} name={stage.name} color={stage.color} kind={stage.kind} />
      ))}
      <Back />
      <Skip />
    </>
  ),
}

function Move({ from, to, count }: (typeof MOVES)[number]) {
  const [start, end] = [PLACES[from] + REACH[from] + 2, PLACES[to] - REACH[to] - 2]
  return (
    <>
      <path d={`M${start} ${MIDDLE}H${end - 3}`} stroke={INK.dim} strokeWidth={count * 0.7} />
      <path d={`M${end - 6} ${MIDDLE - 6}L${end} ${MIDDLE}L${end - 6} ${MIDDLE + 6}Z`} fill={INK.dim} />
      <Label x={(start + end) / 2 - 1} y={MIDDLE - 9} anchor="middle" strong>
        {count}
      </Label>
    </>
  )
}

function Node({ id, name, color, kind }: { id: StageId; name: string; color: string; kind: 'queue' | 'active' | 'done' }) {
  const x = PLACES[id]
  const half = kind === 'done' ? 21 : BOX_WIDTH / 2
  return (
    <>
      {kind === 'queue' ? (
        <path d={`M${x} ${MIDDLE - 20}l20 36h-40z`} fill="none" stroke={color} strokeWidth={2.5} strokeLinejoin="round" />
      ) : (
        <rect
          x={x - half}
          y={MIDDLE - BOX_HEIGHT / 2}
          width={half * 2}
          height={BOX_HEIGHT}
          rx={4}
          fill={INK.surface}
          stroke={color}
          strokeWidth={2.5}
        />
      )}
      <Label x={x} y={kind === 'queue' ? MIDDLE - 27 : MIDDLE + 4} anchor="middle" strong>
        {name}
      </Label>
      <Figures id={id} x={x} />
    </>
  )
}

function Figures({ id, x }: { id: StageId; x: number }) {
  if (id === 'done') return null
  const isWork = id === 'build' || id === 'test'
  return (
    <>
      <Label x={x} y={MIDDLE + 62} anchor="middle">
        {isWork ? map.worked[id] : map.waited[id]} days
      </Label>
      <Label x={x} y={MIDDLE + 78} anchor="middle" color={INK.dim}>
        {isWork ? 'worked' : 'waited'}
      </Label>
    </>
  )
}

function Back() {
  const [from, to, y] = [PLACES.test, PLACES.build, MIDDLE - BOX_HEIGHT / 2 - 3]
  return (
    <>
      <path d={`M${from} ${y}C${from} ${y - 40} ${to} ${y - 40} ${to} ${y - 3}`} fill="none" stroke={INK.worse} strokeWidth={2} />
      <path d={`M${to - 5} ${y - 7}L${to} ${y}L${to + 5} ${y - 7}Z`} fill={INK.worse} />
      <Label x={(from + to) / 2} y={y - 34} anchor="middle" color={INK.worse} strong>
        {map.moves.back} back
      </Label>
    </>
  )
}

/** Past the queue, straight into Test. */
function Skip() {
  const [from, to, y] = [PLACES.build + 12, PLACES.test - 12, MIDDLE + BOX_HEIGHT / 2 + 3]
  return (
    <>
      <path d={`M${from} ${y}C${from + 16} ${y + 26} ${to - 16} ${y + 26} ${to} ${y + 3}`} fill="none" stroke={INK.dim} strokeWidth={1} />
      <path d={`M${to - 4} ${y + 6}L${to} ${y}L${to + 4} ${y + 6}Z`} fill={INK.dim} />
      <Label x={(from + to) / 2} y={y + 24} anchor="middle" strong>
        {map.moves.pastForTest}
      </Label>
    </>
  )
}
