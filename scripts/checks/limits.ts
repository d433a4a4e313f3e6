import type { Finding } from './finding'
import { isTest } from './kinds'
import type { Project } from './project'

const FILE = { most: 400, aim: 250, reason: 'a file is read as a whole; split it by what changes for different reasons' }
const FUNCTION = { most: 80, aim: 40, reason: 'a function fits on a screen; give its steps names of their own' }

export function checkLimits(project: Project): readonly Finding[] {
  return [...project.modules.values()].flatMap((module) => [
    ...judge(FILE, module.lineCount, module.path, 0, 'the file'),
    ...module.functions
      .filter((one) => !(one.isSuite && isTest(module.path)))
      .flatMap((one) => judge(FUNCTION, one.lineCount, module.path, one.line, one.name)),
  ])
}

function judge(limit: typeof FILE, lineCount: number, path: string, line: number, name: string): readonly Finding[] {
  if (lineCount <= limit.aim) return []
  const level = lineCount > limit.most ? 'error' : 'warning'
  return [{ level, path, line, message: `${name} has ${lineCount} lines (aim ${limit.aim}, limit ${limit.most})`, reason: limit.reason }]
}
