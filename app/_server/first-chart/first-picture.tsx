import { setTimeout as delay } from 'node:timers/promises'
import { headers } from 'next/headers'
import { type ReactNode, Suspense } from 'react'
import { formatOf } from '@/lib/charts/format'
import { type Params, readScope, type Scope, scopeParams, searchText } from '@/lib/client/scope'
import { AnswerCache } from '@/lib/engine/answer-cache'
import { log } from '@/lib/log'
import type { Portfolio } from '@/lib/model/portfolio'
import { parts } from '../parts'
import { shellData } from '../shell'
import { type AskHere, askHere } from './ask-here'
import { type Drawing, drawFirst, type FirstChart, NO_DRAWING, type Widths } from './draw-first'
import classes from './first-picture.module.css'

export type SearchParams = Readonly<Record<string, string | string[] | undefined>>

/** What a first chart is made from. */
export interface FirstAsked {
  readonly ask: AskHere
  readonly scope: Scope
  /** The scope's parameters. */
  readonly params: Params
  readonly portfolio: Portfolio
}

export interface FirstPicture {
  /** Of the panel on its page. */
  readonly name: string
  readonly search: SearchParams
  readonly widths: Widths
  /** Undefined: there is nothing to draw. */
  readonly make: (asked: FirstAsked) => Promise<FirstChart | undefined>
}

/** So long the page waits for its picture, ms; one that comes later is sent after the page. */
const EARLY = 250
/** From then on the skeleton stands until the browser has drawn the chart itself. */
const LATEST = 1000

const kept = new AnswerCache<Drawing>(8 * 1024 * 1024)

/** A chart drawn on the server, to be seen before there is any script; undefined when it can't be had soon, or the page is not being loaded. */
export async function firstPicture(picture: FirstPicture): Promise<ReactNode> {
  const told = await headers()
  // What a page that is alive asks for is drawn there.
  if (!told.get('accept')?.includes('text/html')) return undefined
  const drawing = drawingOf(picture, told)
  const early = await Promise.race([drawing, delay(EARLY)])
  if (early) return <Shown drawing={early} />
  return (
    <Suspense fallback={<div data-first-chart-coming hidden />}>
      <Late drawing={drawing} />
    </Suspense>
  )
}

/** Never fails: a page is a page without it. */
async function drawingOf({ name, search, widths, make }: FirstPicture, told: Headers): Promise<Drawing> {
  const { snapshot, portfolio, locale } = await shellData()
  if (!snapshot || !portfolio) return NO_DRAWING
  const scope = readScope(searchOf(search))
  const params = scopeParams(scope)
  const draw = async (signal: AbortSignal) => {
    const chart = await make({ ask: askHere(snapshot.id, told, signal), scope, params, portfolio })
    return chart ? drawFirst(name.replaceAll(/[^a-z-]/g, ''), chart, widths, formatOf(locale)) : NO_DRAWING
  }
  const signal = AbortSignal.timeout(LATEST)
  try {
    if (parts().environment.isDevelopment) return await draw(signal)
    return await kept.get([snapshot.id, locale, name, searchText(params)].join('\n'), draw, signal)
  } catch (error) {
    log.debug({ err: error, name }, 'no first picture')
    return NO_DRAWING
  }
}

function searchOf(search: SearchParams): URLSearchParams {
  return new URLSearchParams(
    Object.entries(search).flatMap(([name, value]) => (value === undefined ? [] : [[name, [value].flat().join(',')]])),
  )
}

async function Late({ drawing }: { drawing: Promise<Drawing> }) {
  return <Shown drawing={await drawing} />
}

function Shown({ drawing: { wide, narrow } }: { drawing: Drawing }) {
  if (!wide) return null
  return (
    <div className={classes.picture} data-first-chart aria-hidden>
      <Drawn svg={wide} className={classes.wide} />
      <Drawn svg={narrow} className={classes.narrow} />
    </div>
  )
}

function Drawn({ svg, className }: { svg: string; className: string | undefined }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: the drawing library writes it and escapes every text, as draw-first.test.ts holds
  return <div className={className} dangerouslySetInnerHTML={{ __html: svg }} />
}
