import type { Kept } from './dead-code'

/** What dead code may stay, and why: `path` for a file, `path#name` for an export. */
export const KEPT: Kept = {}
