import type { Server } from 'node:http'

export const ENCODING_HEADER: string
export function offerBrotli(server: Server): void
export function acceptsBrotli(header: string | undefined): boolean
