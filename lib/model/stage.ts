/** What happens to an item in a stage: it waits, it is worked on, or it is finished. */
export const STAGE_KINDS = ['queue', 'active', 'done'] as const
export type StageKind = (typeof STAGE_KINDS)[number]

/** The stage of every state that no stage names; it has no position in the order. */
export const UNMAPPED_STAGE = 'unmapped'
/** The stage of every state that ends an item without delivering it; it has no position in the order. */
export const CANCELLED_STAGE = 'cancelled'
export const RESERVED_STAGES: readonly string[] = [UNMAPPED_STAGE, CANCELLED_STAGE]

/** One step of a workflow. Its position is its index in `ValueStream.stages`. */
export interface Stage {
  readonly id: string
  readonly name: string
  readonly kind: StageKind
  /** Tracker states that mean: in this stage. */
  readonly states: readonly string[]
  /** States of this stage in which an item waits; a move between `states` and `waiting` is no rework. */
  readonly waiting: readonly string[]
  /** Items allowed at once; absent: no limit. */
  readonly wipLimit?: number
}
