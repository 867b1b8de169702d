import { expect, it } from 'vitest'
import { readVectorFile } from './vector-file.ts'

const text = (name: string, content: string) => readVectorFile(new File([content], name))

it('reads JSON and CSV', async () => {
  expect(await text('v.json', '[[1, 2], [3, 4]]')).toEqual({
    ok: true,
    numbers: '[[1, 2],\n[3, 4]]',
    told: '2 vectors of 2 numbers from v.json',
  })
  expect(await text('v.csv', '\ufeff0.5,-1e-3\n')).toMatchObject({ ok: true, numbers: '[0.5, -0.001]' })
})

it('tells what is wrong, and with which file', async () => {
  expect(await text('v.csv', 'a,b\n1,2')).toEqual({
    ok: false,
    message: 'v.csv: “a” (number 1 of vector 1) is not a number.',
  })
  expect(await text('v.npy', 'hello')).toEqual({ ok: false, message: 'v.npy: This is not a NumPy .npy file.' })
  const large = await readVectorFile({ name: 'big.npy', size: 1e9, arrayBuffer: () => Promise.reject(new Error('x')) })
  expect(large).toMatchObject({ ok: false, message: expect.stringContaining('files up to') as string })
  const many = Array.from({ length: 300 }, () => '1,2').join('\n')
  expect(await text('many.csv', many)).toMatchObject({
    ok: false,
    message: expect.stringContaining('at most 256') as string,
  })
})
