import { type Attempt, project, projectPath, withEnv } from '../attempt.ts'

const bytes = (...parts: readonly (string | readonly number[])[]) =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))),
  )
const [whole = ''] = Object.values(project(''))

const characters: readonly (readonly [string, string, string])[] = [
  ['a bidirectional override in a comment', '# \u202e x\n', 'U+202E'],
  ['a bidirectional isolate in a value', 'env: {A: "x\u2066y"}\n', 'U+2066'],
  ['a zero-width space in a key', 'env: {A\u200b: x}\n', 'U+200B'],
  ['a byte order mark inside', 'env: {A: \ufeffx}\n', 'U+FEFF'],
  ['a tag character', '# \u{e0041}\n', 'U+E0041'],
  ['an override as an escape', 'env: {A: "\\u202e"}\n', 'U+202E'],
]

export const texts: readonly Attempt[] = [
  ...characters.map(([what, more, code]) => ({
    threat: 8,
    what,
    files: project(more),
    refused: [
      `forbidden-character ${projectPath}:5:${what.includes('escape') ? 10 : [...(/^[^\u{200b}\u{202e}\u{2066}\u{feff}\u{e0041}]*/u.exec(more)?.[0] ?? '')].length + 1}`,
    ],
    says: [code],
  })),
  {
    threat: 8,
    what: 'the name of a team in letters that only look alike',
    files: { [projectPath]: whole.replace('trade', 'tr\u0430de') },
    refused: [`unknown-name ${projectPath}:1:8`],
  },
  {
    threat: 8,
    what: 'letters of any script in comments and values',
    files: withEnv('# 订单 заказ 🙂\nenv: {A: "订单 é 🙂"}\n'),
    renders: ['value: "订单 é 🙂"'],
  },
  ...(
    [
      ['plainly', 'env: {A: "1", A: "2"}\n', 15],
      ['in quotes', 'env: {A: "1", "A": "2"}\n', 15],
      ['as an escape', 'env: {A: "1", "\\x41": "2"}\n', 15],
      ['as number and text', 'env: {1: "1", "1": "2"}\n', 15],
      ['composed and decomposed', 'env: {é: "1", e\u0301: "2"}\n', 15],
    ] as const
  ).map(([what, more, column]) => ({
    threat: 14,
    what: `a key twice, ${what}`,
    files: project(more),
    refused: [`duplicate-key ${projectPath}:5:${column}`],
    says: [`it stands here first ${projectPath}:5:7`],
  })),
  {
    threat: 14,
    what: 'keys that differ in case',
    files: withEnv('env: {A: "1", a: "2"}\n'),
    renders: ['- name: A', '- name: a'],
  },
  {
    threat: 15,
    what: 'a merge key',
    files: project('env: {<<: {A: x}}\n'),
    refused: [`yaml-feature ${projectPath}:5:7`],
  },
  {
    threat: 15,
    what: 'a tag that means code to others',
    files: project('env: {A: !!js/function "x"}\n'),
    refused: [`yaml-feature ${projectPath}:5:10`],
  },
  {
    threat: 15,
    what: 'a directive',
    files: { [projectPath]: `%YAML 1.1\n---\n${whole}` },
    refused: [`yaml-feature ${projectPath}:1:1`],
  },
  {
    threat: 15,
    what: 'a second document',
    files: { [projectPath]: `${whole}---\ncpu: 64\n` },
    refused: [`yaml-feature ${projectPath}:6:1`],
  },
  {
    threat: 15,
    what: 'the end of a document, and more behind it',
    files: { [projectPath]: `${whole}...\ncpu: 64\n` },
    refused: [`yaml-feature ${projectPath}:6:1`],
  },
  {
    threat: 15,
    what: 'the mark at the beginning, and such signs inside of texts',
    files: (() => {
      const files = withEnv('env: {A: "!x", B: "%x", C: "<<"}\n')
      return { ...files, [projectPath]: `---\n${files[projectPath]}` }
    })(),
    renders: ['value: "!x"', 'value: "%x"', 'value: "<<"'],
  },
  ...(
    [
      ['UTF-16', bytes([0xff, 0xfe], Buffer.from(whole, 'utf16le').toString('latin1')), '1:1'],
      ['bytes that are not UTF-8', bytes('# caf', [0xe9], '\n', whole), '1:6'],
    ] as const
  ).map(([what, text, place]) => ({
    threat: 16,
    what,
    files: { [projectPath]: text },
    refused: [`unreadable-file ${projectPath}:${place}`],
  })),
  ...(
    [
      ['a NUL', '# \0\n', 'U+0000'],
      ['an escape character', '# \u001b[31m\n', 'U+001B'],
      ['a delete character', '# \u007f\n', 'U+007F'],
      ['a C1 control', '# \u009b\n', 'U+009B'],
      ['a carriage return alone', '# \rx\n', 'U+000D'],
    ] as const
  ).map(([what, more, code]) => ({
    threat: 16,
    what,
    files: project(more),
    refused: [`forbidden-character ${projectPath}:5:3`],
    says: [code],
  })),
  {
    threat: 16,
    what: 'one byte order mark and CRLF',
    files: { [projectPath]: `\ufeff${whole.replaceAll('\n', '\r\n')}` },
    renders: ['name: order'],
  },
  ...(
    [
      ...['on', 'NO', 'y', '0777', '0o17', '0x10', '1_000', '12:30:45', '2027-03-31', '123e4567'],
      ...['9007199254740993', '.inf', '.nan', '-0', '1e3'],
    ] as const
  ).map((text) => ({
    threat: 17,
    what: `${text} without quotes`,
    files: project(`env: {A: ${text}}\n`),
    refused: [`ambiguous-scalar ${projectPath}:5:10`],
    says: [`quote it: "${text}"`],
  })),
  {
    threat: 17,
    what: 'a number where text is meant',
    files: project('source: {branch: 1.10}\n'),
    refused: [`wrong-type ${projectPath}:5:18`],
    says: ['quote it: "1.10"'],
  },
  {
    threat: 17,
    what: 'the same in quotes',
    files: withEnv(
      'env: {A: "on", B: "0777", C: "1.10", D: "2027-03-31", E: "9007199254740993"}\n',
    ),
    renders: ['on', '0777', '1.10', '2027-03-31', '9007199254740993'].map(
      (text) => `value: "${text}"`,
    ),
  },
]
