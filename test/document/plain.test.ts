import { expect, test } from 'vitest'
import { load, meaningOf, reported } from './load-text.ts'

const read: readonly (readonly [string, unknown])[] = [
  ['', null],
  ['~', null],
  ['null', null],
  ['Null', null],
  ['NULL', null],
  ['true', true],
  ['false', false],
  ['0', 0],
  ['1', 1],
  ['-1', -1],
  ['1.10', 1.1],
  ['-0.5', -0.5],
  ['0.0000001', 1e-7],
  ['9007199254740991', 9007199254740991],
  ['0.30000000000000004', 0.30000000000000004],
  ['100.000000000000000000000', 100],
  ['text', 'text'],
  ['yEs', 'yEs'],
  ['nil', 'nil'],
  ['none', 'none'],
  ['25%', '25%'],
  ['1Gi', '1Gi'],
  ['500m', '500m'],
  ['2E', '2E'],
  ['1.2.3', '1.2.3'],
  ['10.0.0.1', '10.0.0.1'],
  ['8080:80', '8080:80'],
  ['3f2a9c1', '3f2a9c1'],
  ['0x', '0x'],
  ['0xyz', '0xyz'],
  ['.', '.'],
  ['..', '..'],
  ['.5.', '.5.'],
  ['-.', '-.'],
  ['+', '+'],
  ['e3', 'e3'],
  ['-e3', '-e3'],
  ['_1', '_1'],
  ['::1', '::1'],
  ['2018-01-01x', '2018-01-01x'],
  ['2018-01', '2018-01'],
  ['.infinity', '.infinity'],
  ['NaN', 'NaN'],
  ['${user.replicas}', '${user.replicas}'],
  ['${1_000}', '${1_000}'],
  ['0${1}', '0${1}'],
  ['https://git.example.com/a#b', 'https://git.example.com/a#b'],
  ['quay.io/a/b:1.42.0@sha256:0f', 'quay.io/a/b:1.42.0@sha256:0f'],
]

test.each(read)('%s is read', (text, value) => {
  expect(meaningOf(`a: ${text}\n`)).toEqual({ a: value })
})

const ambiguous: readonly (readonly [string, string?])[] = [
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON', 'True', 'TRUE'].map(
    (text) => [text, 'true'] as const,
  ),
  ...['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF', 'False', 'FALSE'].map(
    (text) => [text, 'false'] as const,
  ),
  ['='],
  ['<<'],
  ['0755', '493'],
  ['0777', '511'],
  ['-010', '-8'],
  ['00', '0'],
  ['08', '8'],
  ['01.5', '1.5'],
  ['0_7', '7'],
  ['0o17', '15'],
  ['0O17', '15'],
  ['0x10', '16'],
  ['0X1F', '31'],
  ['-0x_1', '-1'],
  ['0xffffffffffffffffff'],
  ['0b101', '5'],
  ['1_000', '1000'],
  ['-1_000.5', '-1000.5'],
  ['1.0_1', '1.01'],
  ['1_', '1'],
  ['12:30'],
  ['12:30:45'],
  ['22:22'],
  ['00:11:22:33:44:55'],
  ['190:20:30.15'],
  ['2018-01-01'],
  ['2018-1-1'],
  ['2018-01-01T10:00:00Z'],
  ['2018-01-01t10:00:00.5-05:00'],
  ['2018-01-01 10:00:00 +1'],
  ['.inf'],
  ['-.INF'],
  ['+.Inf'],
  ['.nan'],
  ['.NaN'],
  ['1e3', '1000'],
  ['1E-2', '0.01'],
  ['123e4567'],
  ['1.5e+3', '1500'],
  ['.5e1', '5'],
  ['+1', '1'],
  ['+1.5', '1.5'],
  ['.5', '0.5'],
  ['-.5', '-0.5'],
  ['5.', '5'],
  ['-5.', '-5'],
  ['-0', '0'],
  ['-0.0', '0'],
]

for (const [text, instead] of ambiguous) {
  test(`${text} must be quoted`, () => {
    expect(reported(`a: ${text}\n`)).toEqual([`ambiguous-scalar 1:4 ${text}`])
    const help = `quote it: "${text}"${instead === undefined ? '' : `, or write ${instead}`}`
    expect(load(`a: ${text}\n`).findings[0]?.help).toBe(help)
    expect(meaningOf(`a: "${text}"\n`)).toEqual({ a: text })
    expect(meaningOf(`"${text.replace('<<', 'x')}": 1\n`)).toEqual({ [text.replace('<<', 'x')]: 1 })
  })
}

const inexact = [
  '9007199254740992',
  '9007199254740993',
  '-9007199254740993',
  '9007199254740992.0',
  '1'.repeat(400),
  '3.14159265358979323846',
  '12345678901.23456789',
  `0.${'0'.repeat(400)}1`,
]

test.each(inexact)('%s is refused: a number cannot hold it', (text) => {
  expect(reported(`a: ${text}\n`)).toEqual([`ambiguous-scalar 1:4 ${text}`])
})

test('a message names the two readings', () => {
  const { findings } = load('a: 0755\nb: yes\nc: 9007199254740993\n')
  expect(findings.map(({ message }) => message)).toEqual([
    '0755 is an octal number to some readers of YAML and a decimal one to others',
    'yes is true to some readers of YAML and text to others',
    '9007199254740993 is larger than numbers are exact (9007199254740991)',
  ])
})

test.each(['y', '1', 'true', 'null', 'on', '0x10', '1_000', '2018-01-01', '~', '-0'])(
  'the plain key %s is its text',
  (key) => {
    expect(meaningOf(`${key}: v\n`)).toEqual({ [key]: 'v' })
    expect(meaningOf(`{${key}: v}\n`)).toEqual({ [key]: 'v' })
  },
)

test('ambiguous scalars are found in lists and flow collections', () => {
  expect(reported('- on\n- [off, {a: 1_0}]\n')).toEqual([
    'ambiguous-scalar 1:3 on',
    'ambiguous-scalar 2:4 off',
    'ambiguous-scalar 2:13 1_0',
  ])
})
