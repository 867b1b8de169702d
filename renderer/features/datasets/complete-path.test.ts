import { expect, it } from 'vitest'
import { completePath } from './complete-path.ts'

const folder = (path: string) => ({ kind: 'directory' as const, path, name: path.split('/').at(-1)! })
const dataset = (path: string) => ({ kind: 'dataset' as const, path, name: path.split('/').at(-1)! })

it('completes as far as all agree', () => {
  expect(completePath('/d', [])).toBeUndefined()
  expect(completePath('/d', [folder('/data')])).toBe('/data/')
  expect(completePath('/d', [dataset('/data.lance')])).toBe('/data.lance')
  expect(completePath('/data.lance', [dataset('/data.lance')])).toBeUndefined()
  expect(completePath('/d', [folder('/data-1'), dataset('/data-2.lance')])).toBe('/data-')
  expect(completePath('/data-', [folder('/data-1'), folder('/data-2')])).toBeUndefined()
  expect(completePath('~/d', [folder('/home/me/d1'), folder('/home/me/d2')])).toBe('/home/me/d')
})
