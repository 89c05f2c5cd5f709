import { type Attempt, project, projectPath, withEnv } from '../attempt.ts'

const many = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join('')

const list = (count: number, item: string) => `[${Array(count).fill(item).join(', ')}]`
// As many aliases as are allowed, that stand for more than is.
const laughs = `  a: &a ${list(300, 'x')}\n  b: &b ${list(9, '*a')}\n  c: ${list(9, '*b')}\n`

export const sizes: readonly Attempt[] = [
  {
    threat: 12,
    what: 'a billion laughs',
    files: project(`env:\n${laughs}`),
    refused: [`yaml-limit ${projectPath}:8:31`],
  },
  {
    threat: 12,
    what: 'more aliases than anybody needs',
    files: project(`env: {A: &a x, ${many(21, (index) => `B${index}: *a, `)}}\n`),
    refused: [`yaml-limit ${projectPath}:5:191`],
  },
  {
    threat: 12,
    what: 'an alias that stands inside of itself',
    files: project('env: &a {A: *a}\n'),
    refused: [`yaml-syntax ${projectPath}:5:13`],
  },
  {
    threat: 12,
    what: 'an alias of nothing',
    files: project('env: {A: *a}\n'),
    refused: [`yaml-syntax ${projectPath}:5:10`],
  },
  {
    threat: 12,
    what: 'a few aliases',
    files: withEnv('env: {A: &a x, B: *a}\n'),
    renders: ['- name: B'],
  },
  {
    threat: 13,
    what: 'lists nested 65 deep',
    files: project(`env: {A: ${'['.repeat(65)}${']'.repeat(65)}}\n`),
    refused: [`yaml-limit ${projectPath}:5:72`],
  },
  {
    threat: 13,
    what: '100,000 brackets',
    files: { [projectPath]: '['.repeat(100_000) },
    refused: [`yaml-limit ${projectPath}:1:65`],
  },
  {
    threat: 13,
    what: '? ? ?',
    files: { [projectPath]: '? '.repeat(500) },
    refused: [`yaml-limit ${projectPath}:1:129`],
  },
  {
    threat: 13,
    what: '32,000 keys',
    files: { [projectPath]: many(32_000, (index) => `a${index}:\n`) },
    refused: [`yaml-limit ${projectPath}:5001:1`],
  },
  {
    threat: 13,
    what: 'a huge file',
    files: { [projectPath]: `# ${'x'.repeat(300_000)}\n` },
    refused: [`unreadable-file ${projectPath}:1:1`],
  },
  {
    threat: 13,
    what: 'a huge value',
    files: withEnv(`env: {A: ${'x'.repeat(200_000)}}\n`),
    renders: ['- name: A'],
  },
  {
    threat: 13,
    what: '4,000 keys',
    files: withEnv(`env: {${many(4000, (index) => `A${index}: x, `)}}\n`),
    renders: ['- name: A3999'],
  },
]
