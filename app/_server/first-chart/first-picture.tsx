import { setTimeout as delay } from 'node:timers/promises'
import { headers } from 'next/headers'
import { type ReactNode, Suspense } from 'react'
import { type Format, formatOf } from '@/lib/charts/format'
import { type Params, readScope, type Scope, scopeParams, searchText } from '@/lib/client/scope'
import { AnswerCache } from '@/lib/engine/answer-cache'
import type { Portfolio } from '@/lib/model/portfolio'
import { shellData } from '../shell'
import { type AskHere, askHere } from './ask-here'
import { type Drawing, drawFirst, type FirstChart, NO_DRAWING, type Widths } from './draw-first'
import classes from './first-picture.module.css'
import { soon } from './soon'

export type SearchParams = Readonly<Record<string, string | string[] | undefined>>

/** What a first chart is made from. */
export interface FirstAsked {
  readonly ask: AskHere
  readonly scope: Scope
  /** The scope's parameters. */
  readonly params: Params
  readonly portfolio: Portfolio
  readonly lastDay: number
  readonly format: Format
}

export interface FirstPicture {
  /** Of the panel on its page. */
  readonly name: string
  readonly search: SearchParams
  /** What the address says of this picture alone, beside the scope. */
  readonly own?: Params
  readonly widths: Widths
  /** Undefined: there is nothing to draw. */
  readonly make: (asked: FirstAsked) => Promise<FirstChart | undefined>
}

/** So long the page waits for what is seen first, ms; a picture that comes later is sent after the page. */
const EARLY = 250
/** From then on the skeleton stands until the browser has drawn the chart itself. */
const LATEST = 1000

/** Something that was found, beside its size. */
interface Found {
  readonly told: unknown
  readonly byteLength: number
}

const drawings = new AnswerCache<Drawing>(8 * 1024 * 1024)
const findings = new AnswerCache<Found>(1024 * 1024)

/** A chart drawn on the server, to be seen before there is any script; undefined when it can't be had soon, or the page is not being loaded. */
export async function firstPicture(picture: FirstPicture): Promise<ReactNode> {
  const told = await pageLoad()
  if (!told) return undefined
  const drawing = drawingOf(picture, told)
  const early = await Promise.race([drawing, delay(EARLY)])
  if (early) return <Shown drawing={early} />
  return (
    <Suspense fallback={<div data-first-chart-coming hidden />}>
      <Late drawing={drawing} />
    </Suspense>
  )
}

/** Something out of answers that the page begins with; undefined when it can't be had soon, or the page is not being loaded. */
export async function firstFound<T>(name: string, search: SearchParams, find: (asked: FirstAsked) => Promise<T>): Promise<T | undefined> {
  const told = await pageLoad()
  const asked = told && (await askedOf(search, told))
  if (!asked) return undefined
  const make = async (signal: AbortSignal): Promise<Found> => {
    const found = await find(asked.by(signal))
    return { told: found, byteLength: JSON.stringify(found ?? null).length }
  }
  const found = await soon({ name, key: [name, ...asked.key].join('\n'), kept: findings, make, wait: EARLY })
  return found?.told as T | undefined
}

/** Headers of a request that loads a page; undefined: what a page that is alive asks for is made there. */
async function pageLoad(): Promise<Headers | undefined> {
  const told = await headers()
  return told.get('accept')?.includes('text/html') ? told : undefined
}

/** What can be asked for a page; undefined without a snapshot. */
async function askedOf(search: SearchParams, told: Headers) {
  const { snapshot, portfolio, locale } = await shellData()
  if (!snapshot || !portfolio) return undefined
  const scope = readScope(searchOf(search))
  const params = scopeParams(scope)
  const format = formatOf(locale)
  return {
    key: [snapshot.id, locale, searchText(params)],
    format,
    by: (signal: AbortSignal): FirstAsked => {
      return { ask: askHere(snapshot.id, told, signal), scope, params, portfolio, lastDay: snapshot.lastDay, format }
    },
  }
}

/** Never fails: a page is a page without it. */
async function drawingOf({ name, search, own = {}, widths, make }: FirstPicture, told: Headers): Promise<Drawing> {
  const asked = await askedOf(search, told)
  if (!asked) return NO_DRAWING
  const draw = async (signal: AbortSignal) => {
    const chart = await make(asked.by(signal))
    return chart ? drawFirst(name.replaceAll(/[^a-z-]/g, ''), chart, widths, asked.format) : NO_DRAWING
  }
  const key = [name, searchText(own), ...asked.key].join('\n')
  return (await soon({ name, key, kept: drawings, make: draw, wait: LATEST })) ?? NO_DRAWING
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
