import { createRequire } from 'node:module'
import { join } from 'node:path'
import { connect } from '@lancedb/lancedb'
import type * as Arrow from 'apache-arrow'
import { expect, it } from 'vitest'
import { createDatasetFolder } from './datasets.fixture.ts'
import { createDatasetRegistry } from './registry.ts'

// LanceDB checks types by class, so they must come from the CommonJS copy it loads itself.
const arrow = createRequire(import.meta.url)('apache-arrow') as typeof Arrow

const float = new arrow.Field('item', new arrow.Float32(), true)
const point = [new arrow.Field('x', new arrow.Float64(), true), new arrow.Field('y', new arrow.Int8(), false)]
const extension = (name: string): Map<string, string> => new Map([['ARROW:extension:name', name]])
const entries = new arrow.Field(
  'entries',
  new arrow.Struct([
    new arrow.Field('key', new arrow.Utf8(), false),
    new arrow.Field('value', new arrow.Int64(), true),
  ]),
  false,
)

const columns: readonly (readonly [
  type: InstanceType<typeof arrow.DataType>,
  kind: string,
  shown: string,
  metadata?: Map<string, string>,
])[] = [
  [new arrow.Bool(), 'boolean', 'bool'],
  [new arrow.Uint64(), 'integer', 'uint64'],
  [new arrow.Float16(), 'float', 'halffloat'],
  [new arrow.Utf8(), 'string', 'string'],
  [new arrow.LargeUtf8(), 'string', 'large_string'],
  [new arrow.Binary(), 'binary', 'binary'],
  [new arrow.FixedSizeBinary(16), 'uuid', 'uuid', extension('arrow.uuid')],
  [new arrow.FixedSizeBinary(3), 'binary', 'fixed_size_binary[3]'],
  [new arrow.Decimal(2, 10, 128), 'decimal', 'decimal128(10, 2)'],
  [new arrow.DateDay(), 'date', 'date32'],
  [new arrow.TimeNanosecond(), 'time', 'time64[ns]'],
  [new arrow.TimestampMicrosecond('Europe/Berlin'), 'timestamp', 'timestamp[us, Europe/Berlin]'],
  [new arrow.TimestampNanosecond(), 'timestamp', 'timestamp[ns]'],
  [new arrow.DurationMillisecond(), 'duration', 'duration[ms]'],
  [new arrow.FixedSizeList(768, float), 'vector', 'fixed_size_list<float>[768]'],
  [new arrow.FixedSizeList(2, new arrow.Field('item', new arrow.Int32(), true)), 'list', 'fixed_size_list<int32>[2]'],
  [new arrow.List(float), 'list', 'list<float>'],
  [new arrow.List(new arrow.Field('item', new arrow.Struct(point), true)), 'list', 'list<struct{2}>'],
  [new arrow.Struct(point), 'struct', 'struct{2}'],
  [new arrow['Map_'](entries as never), 'map', 'map<string, int64>'],
  [new arrow.Dictionary(new arrow.Utf8(), new arrow.Int16()), 'dictionary', 'dictionary<string, int16>'],
  [new arrow.Utf8(), 'json', 'json', extension('arrow.json')],
  [new arrow.LargeBinary(), 'blob', 'blob<large_binary>', new Map([['lance-encoding:blob', 'true']])],
]

it('says of every type LanceDB writes what it is', async () => {
  const folder = await createDatasetFolder()
  try {
    const fields = columns.map(([type, , , metadata], index) => new arrow.Field(`c${index}`, type, true, metadata))
    const connection = await connect(folder.path)
    await connection.createEmptyTable('types', new arrow.Schema(fields), {
      storageOptions: { new_table_data_storage_version: '2.1' },
    })
    const dataset = await createDatasetRegistry({ paths: { root: undefined } }).open(join(folder.path, 'types.lance'))
    const { schema } = await dataset.manifest(await dataset.resolve())
    expect(schema.map(({ name, kind, type }) => [name, kind, type])).toEqual(
      columns.map(([, kind, shown], index) => [`c${index}`, kind, shown]),
    )
    expect(schema.find(({ kind }) => kind === 'vector')?.dimension).toBe(768)
    expect(schema.find(({ kind }) => kind === 'struct')?.children).toMatchObject([
      { name: 'x', kind: 'float', nullable: true },
      { name: 'y', kind: 'integer', nullable: false },
    ])
  } finally {
    await folder.dispose()
  }
})
