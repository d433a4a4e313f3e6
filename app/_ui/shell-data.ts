import type { Portfolio } from '@/lib/model/portfolio'
import type { ProblemBody } from '@/lib/problem'

/** What a page knows of the snapshot it was drawn with. */
export interface ShellSnapshot {
  readonly id: string
  /** ISO instant */
  readonly createdAt: string
  /** Day numbers. */
  readonly firstDay: number
  readonly lastDay: number
  readonly itemCount: number
  readonly warnings: readonly string[]
  readonly dimensions: readonly string[]
}

/** Read once on the server, handed to everything on the page. `snapshot` is absent before the first build. */
export interface ShellData {
  /** BCP 47, from the request: server and browser write dates alike. */
  readonly locale: string
  readonly snapshot?: ShellSnapshot
  readonly portfolio?: Portfolio
  /** Why the snapshot that is there can't be shown. */
  readonly problem?: ProblemBody
}
