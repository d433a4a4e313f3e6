'use client'

import type { ValueStream } from '@/lib/model/value-stream'
import { useExplain } from '../../../_ui/explain/explain-provider'
import { LateDrawer } from '../../../_ui/late-drawer'
import { LoopMoves } from '../_panels/loop-moves'
import { BehindItems } from './behind-items'
import { useWorkDrawer, type WorkDrawerState } from './use-work-drawer'

/** The items behind rework, blocked time or hand-offs. */
export function WorkDrawer({ stream }: { stream: ValueStream }) {
  const state = useWorkDrawer()
  const explain = useExplain()
  const title = titleOf(state, stream)
  return (
    <LateDrawer
      opened={title !== undefined}
      onClose={state.close}
      closeOnEscape={!explain.isOpen}
      trapFocus={!explain.isOpen}
      position="right"
      size="min(1040px, 100%)"
      title={title}
      closeButtonProps={{ 'aria-label': 'Close the items' }}
      transitionProps={{ duration: 0 }}
      styles={{ title: { fontSize: 16, fontWeight: 600 } }}
    >
      {state.behind === 'rework' && state.loop && <LoopMoves streamId={stream.id} from={state.loop.from} to={state.loop.to} />}
      {(state.behind === 'blocked' || state.behind === 'handoffs') && (
        <BehindItems key={state.behind} streamId={stream.id} metric={state.behind} what={TITLES[state.behind]} />
      )}
    </LateDrawer>
  )
}

const TITLES = { blocked: 'Items that were blocked in the period', handoffs: 'Items that went from team to team in the period' }

function titleOf({ behind, loop }: WorkDrawerState, { stages }: ValueStream): string | undefined {
  if (behind === 'blocked' || behind === 'handoffs') return TITLES[behind]
  if (behind !== 'rework' || !loop) return undefined
  const name = (id: string) => stages.find((stage) => stage.id === id)?.name ?? id
  return `Moved back from ${name(loop.from)} to ${name(loop.to)}`
}
