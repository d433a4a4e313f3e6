'use client'

import { parseAsString, useQueryState } from 'nuqs'
import { useCallback, useMemo } from 'react'
import type { MapMove, StreamMap } from '@/lib/charts/value-stream-map'

/** What of the map was clicked. */
export type MapChoice = { readonly kind: 'stage'; readonly stageId: string } | { readonly kind: 'move'; readonly moveId: string }

export interface MapItems {
  readonly choice: MapChoice | null
  readonly openStage: (stageId: string) => void
  readonly openMove: (move: MapMove) => void
  readonly close: () => void
}

const PARSER = parseAsString.withOptions({ history: 'push' })

/** Which items of the map are shown; it stands in the address, so it can be shared and gone back from. */
export function useMapItems(): MapItems {
  const [text, setText] = useQueryState('map', PARSER)
  const openStage = useCallback((stageId: string) => void setText(`stage:${stageId}`), [setText])
  const openMove = useCallback((move: MapMove) => void setText(`move:${move.id}`), [setText])
  const close = useCallback(() => void setText(null), [setText])
  const choice = useMemo(() => choiceOf(text), [text])
  return { choice, openStage, openMove, close }
}

function choiceOf(text: string | null): MapChoice | null {
  if (text?.startsWith('stage:')) return { kind: 'stage', stageId: text.slice('stage:'.length) }
  if (text?.startsWith('move:')) return { kind: 'move', moveId: text.slice('move:'.length) }
  return null
}

/** The stage whose leavers stand behind a choice, and the move if it is one; undefined when the map has no such thing. */
export function chosenIn(map: StreamMap, choice: MapChoice): { stageId: string; name: string; move?: MapMove } | undefined {
  if (choice.kind === 'stage') {
    const stage = map.stages.find(({ id }) => id === choice.stageId)
    return stage && { stageId: stage.id, name: stage.name }
  }
  const move = map.moves.find(({ id }) => id === choice.moveId)
  return move && { stageId: move.from, name: move.fromName, move }
}
