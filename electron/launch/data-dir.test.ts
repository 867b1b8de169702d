import { expect, it } from 'vitest'
import { dataDirOf } from './data-dir.ts'

it.each([
  ['linux', {}, '/home/ada/.local/share/tiltyard'],
  ['linux', { XDG_DATA_HOME: '/xdg' }, '/xdg/tiltyard'],
  ['linux', { XDG_DATA_HOME: 'relative' }, '/home/ada/.local/share/tiltyard'],
  ['darwin', {}, '/home/ada/Library/Application Support/Tiltyard'],
  ['linux', { TILTYARD_DATA_DIR: '/chosen', XDG_DATA_HOME: '/xdg' }, '/chosen'],
  ['linux', { TILTYARD_DATA_DIR: '' }, '/home/ada/.local/share/tiltyard'],
] as const)('%s with %j keeps its things in %s', (platform, env, expected) => {
  expect(dataDirOf({ platform, home: '/home/ada', env })).toBe(expected)
})
