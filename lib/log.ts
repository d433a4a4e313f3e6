import { pino } from 'pino'

/** The one structured logger; writes JSON lines to standard error, so that standard output carries only answers. */
export const log = pino({ name: 'streamgauge', base: null, level: 'info' }, pino.destination({ dest: 2, sync: true }))
