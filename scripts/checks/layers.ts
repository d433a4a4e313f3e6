import type { Finding } from './finding'
import { isTest, isTestSupport } from './kinds'
import { type Link, linksByFile, type Project, reach } from './project'
import { ROOMS, type Room } from './rooms'

const ROOM_OF_BROWSER = 'app in the browser'

/** Who imports whom, against the table of rooms. Tests and their support are exempt, and imported by nothing else. */
export function checkLayers(project: Project): readonly Finding[] {
  const inBrowser = browserFiles(project)
  return project.links.filter((link) => !isTest(link.from) && !isTestSupport(link.from)).flatMap((link) => checkLink(link, inBrowser))
}

function checkLink(link: Link, inBrowser: ReadonlySet<string>): readonly Finding[] {
  const room = roomOf(link.from, inBrowser)
  if (link.target === undefined) return room ? checkNodeModule(link, room) : []
  return checkTarget(link, link.target) ?? (room ? checkRooms(link, room, link.target, inBrowser) : [])
}

function checkNodeModule(link: Link, room: Room): readonly Finding[] {
  if (!link.specifier.startsWith('node:') || !room.runsInBrowser || link.isTypeOnly) return []
  return [finding(link, `${room.name} may not import ${link.specifier}`, 'it also runs in the browser, which has no modules of Node')]
}

/** Imports that are wrong from whatever room. */
function checkTarget(link: Link, target: string): readonly Finding[] | undefined {
  if (isTest(target) || isTestSupport(target)) {
    return [finding(link, `imports ${target}`, 'support of tests is not part of the product: only tests may import it')]
  }
  if (link.from.startsWith('lib/') && /^(?:app|scripts)\//.test(target)) {
    return [finding(link, `lib may not import ${target}`, 'app and scripts put the parts together; a part must work without them')]
  }
  return undefined
}

function checkRooms(link: Link, room: Room, target: string, inBrowser: ReadonlySet<string>): readonly Finding[] {
  const other = roomOf(target, inBrowser)
  if (!other) return target.startsWith('scripts/') ? [finding(link, `${room.name} may not import ${target}`, room.reason)] : []
  if (room === other || other.name === 'problem' || room.mayImport.includes(other.name)) return []
  if (!room.mayImportTypes?.includes(other.name))
    return [finding(link, `${room.name} may not import ${other.name} (${target})`, room.reason)]
  if (link.isTypeOnly) return []
  return [finding(link, `${room.name} may use only types of ${other.name} (import type … from '${link.specifier}')`, room.reason)]
}

function roomOf(path: string, inBrowser: ReadonlySet<string>): Room | undefined {
  if (inBrowser.has(path) && path.startsWith('app/')) return ROOMS.find((room) => room.name === ROOM_OF_BROWSER)
  return ROOMS.find((room) => path.startsWith(room.begins))
}

/** All that a browser loads: files marked 'use client' and what they need at run time. */
function browserFiles(project: Project): ReadonlySet<string> {
  const links = linksByFile(project)
  const marked = [...project.modules.values()].filter((module) => module.isClient).map((module) => module.path)
  return reach(marked, (path) =>
    (links.get(path) ?? []).flatMap((link) => (link.isTypeOnly || link.target === undefined ? [] : [link.target])),
  )
}

function finding(link: Link, message: string, reason: string): Finding {
  return { level: 'error', path: link.from, line: link.line, message, reason }
}
