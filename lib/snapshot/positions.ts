/** Positions of the two stages that stand outside the order. */
export const UNMAPPED_POSITION = -1
export const CANCELLED_POSITION = -2
