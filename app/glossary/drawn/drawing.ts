import type { ReactNode } from 'react'

/** A drawn example of a metric. */
export interface Drawing {
  /** One or two sentences that read the picture. */
  readonly caption: string
  /** Of the picture, in its own units; all are as wide. */
  readonly height: number
  readonly Picture: () => ReactNode
}

/** Width of every picture: what a phone shows without shrinking its letters below eleven pixels. */
export const WIDTH = 340
