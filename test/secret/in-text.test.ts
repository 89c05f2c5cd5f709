import { describe, expect, test } from 'vitest'
import { secretsInText } from '../../src/secret/in-text.ts'

// Tokens are put together here, so that nobody's scanner takes this file for a leak.
const letters = 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0hJ3kL6nP9r'
const of = (length: number) => letters.repeat(6).slice(0, length)
const upper = (length: number) => 'QW2ER3TY4UI5OP6AS7DF'.slice(0, length)
const hex = (length: number) => '0f8cdf58ae2f56b09c41d7e3'.repeat(4).slice(0, length)
const jwt = `ey${'J'}${of(20)}.ey${'J'}${of(30)}.${of(43)}`

const tokens: readonly (readonly [string, string])[] = [
  ['an AWS access key', `AKI${'A'}${upper(16)}`],
  ['an AWS access key', `ASI${'A'}${upper(16)}`],
  ['an Alibaba Cloud access key', `LTA${'I'}5t${of(18)}`],
  ['a Tencent Cloud access key', `AKI${'D'}${of(32)}`],
  ['a GitHub token', `gh${'p'}_${of(36)}`],
  ['a GitHub token', `gh${'s'}_${of(36)}`],
  ['a GitHub token', `github_${'pat'}_${of(22)}_${of(59)}`],
  ['a GitLab token', `gl${'pat'}-${of(20)}`],
  ['a Slack token', `xox${'b'}-123456789012-${of(24)}`],
  ['a Slack token', `xap${'p'}-1-A012-${of(30)}`],
  ['the address of a Slack webhook', `hooks.slack.${'com'}/services/T0123/B0123/${of(24)}`],
  ['a Stripe key', `sk_${'live'}_${of(24)}`],
  ['a Stripe secret', `whse${'c'}_${of(32)}`],
  ['a Google API key', `AIz${'a'}${of(35)}`],
  ['a Google client secret', `GOCSP${'X'}-${of(28)}`],
  ['a Google access token', `ya2${'9'}.${of(60)}`],
  ['an npm token', `np${'m'}_${of(36)}`],
  ['a PyPI token', `pyp${'i'}-AgEIcHlwaS5vcmc${of(60)}`],
  ['a Docker Hub token', `dckr_${'pat'}_${of(27)}`],
  ['a HashiCorp Vault token', `hv${'s'}.${of(28)}`],
  ['a SendGrid key', `S${'G'}.${of(22)}.${of(43)}`],
  ['a DigitalOcean token', `do${'p'}_v1_${hex(64)}`],
  ['a Hugging Face token', `h${'f'}_${'abcdEFGHijklMNOPqrstUVWXyzabCDEFgh'}`],
  ['an Anthropic key', `sk-${'ant'}-api03-${of(80)}`],
  ['an OpenAI key', `sk-${'proj'}-${of(48)}`],
  ['an OpenAI key', `s${'k'}-${of(48)}`],
  ['a Grafana token', `gls${'a'}_${of(32)}_${hex(8)}`],
  ['an Azure storage key', `Account${'Key'}=${of(86)}==`],
  ['an age secret key', `AGE-SECRET-${'KEY'}-1${upper(20)}${upper(20)}${upper(18)}`],
  ['a JSON Web Token', jwt],
]

describe('a token of known form is found', () => {
  test.each(tokens)('%s: %s', (what, token) => {
    for (const text of [token, `a: ${token}\n`, `# "${token}",`, `--x=${token} --y`]) {
      const found = secretsInText(text)
      expect(found.map((each) => [each.what, each.value])).toEqual([[what, token]])
    }
  })

  test('but not the one of a manual', () => {
    expect(secretsInText('AKIAIOSFODNN7EXAMPLE')).toEqual([])
    expect(secretsInText(`ghp_${'x'.repeat(36)} glpat-${'*'.repeat(20)}`)).toEqual([])
  })

  test('nor a word that begins alike', () => {
    const words = [
      'disk-performance-of-the-order-database-in-prod',
      'task-proj-order',
      'eyJabc.def',
    ]
    expect(secretsInText(words.concat(['hf_hub_download', 'npm_config_cache']).join('\n'))).toEqual(
      [],
    )
  })
})

describe('a private key', () => {
  const key = (kind: string) =>
    `-----BEGIN ${kind}-----\nMC4CAQAwBQYDK2Vw\nBCIEIAAB\n-----END ${kind}-----`

  test.each(['PRIVATE KEY', 'RSA PRIVATE KEY', 'OPENSSH PRIVATE KEY', 'ENCRYPTED PRIVATE KEY'])(
    'is found as a whole: %s',
    (kind) => {
      const text = `a: |\n${key(kind).replace(/^/gm, '  ')}\nb: 1\n`
      const [found, ...others] = secretsInText(text)
      expect(others).toEqual([])
      expect(found).toMatchObject({ what: 'a private key', start: 7, value: key(kind) })
      expect(text.slice(found?.end)).toBe('\nb: 1\n')
    },
  )

  test('is found though it has no end', () => {
    expect(secretsInText('-----BEGIN PRIVATE KEY-----\nMC4C\n')).toMatchObject([{ end: 32 }])
  })

  test('a public key and a certificate are none', () => {
    expect(secretsInText(key('PUBLIC KEY') + key('CERTIFICATE'))).toEqual([])
  })
})

describe('a password in an address', () => {
  test.each([
    ['amqp://order:guest@queue:5672/', 'guest'],
    ['https://robot:a%40b@registry.example.com/x', 'a%40b'],
    ['redis://:hunter2@cache', 'hunter2'],
    ['jdbc:postgresql://order:kX7@[::1]:5432/order', 'kX7'],
  ])('is found: %s', (address, password) => {
    const [found] = secretsInText(`URL: "${address}"`)
    expect(found?.value).toBe(password)
  })

  test.each([
    'https://order@example.com/',
    'https://example.com:8080/@order',
    'https://user:password@example.com',
    'postgres://order:$(DB_PASSWORD)@db',
    'postgres://order:${DB_PASSWORD}@db',
    'postgres://order:${user.name}-x@db',
    'https://order:***@example.com',
    'https://example.com/a:b@c',
    'ssh://git@example.com:22/order',
    'image: registry.example.com:5000/order@sha256:0f8c',
  ])('is not found: %s', (address) => {
    expect(secretsInText(address)).toEqual([])
  })
})

describe('what a name gives away', () => {
  test.each([
    'DB_PASSWORD: kX7-vLq2_fRw9',
    'DBPASSWORD: kX7-vLq2_fRw9',
    'dbPassword: "kX7-vLq2_fRw9"',
    "api-key: 'kX7-vLq2_fRw9'",
    '{apiKey: kX7-vLq2_fRw9, b: 1}',
    '"client_secret": "kX7-vLq2_fRw9",',
    'spring.datasource.password=kX7-vLq2_fRw9',
    'url: https://a.example.com/?token=kX7-vLq2_fRw9&x=1',
    '# AUTH: kX7-vLq2_fRw9',
    '数据库密码: kX7-vLq2_fRw9',
    '- name: DB_PASS\n  value: kX7-vLq2_fRw9',
    '- name: "DB_PASS"\r\n  value: "kX7-vLq2_fRw9"\r\n',
    'password: "kX7-vLq2_fRw9, level: info',
    'args: ["--token=kX7-vLq2_fRw9"]',
    'password: !secret kX7-vLq2_fRw9',
    'password: &a kX7-vLq2_fRw9',
    'token: "${\'kX7-vLq2_fRw9\' + user.x}"',
    'token: ${"kX7-vLq2_fRw9"}',
  ])('is found: %j', (text) => {
    expect(secretsInText(text).map(({ value }) => value)).toEqual(['kX7-vLq2_fRw9'])
  })

  test.each([
    'kX7-vLq2_fRw9',
    'Passw0rd!',
    'P@ssw0rd2024',
    'XkQfjVvLpZrTyW',
    'b3JkZXI6a1g3',
    hex(40),
  ])('looks random: %s', (value) => {
    expect(secretsInText(`password: ${value}`)).toHaveLength(1)
  })

  test.each([
    ['a word', 'hunter'],
    ['words', 'order-session-secret'],
    ['a name with a number', 'order-db-v2'],
    ['the name of a variable', 'ORDER_DB_PASSWORD'],
    ['a name as in Java', 'orderDbPassword'],
    ['a path', '/run/secrets/db/password2'],
    ['an address', 'https://sso.example.com/realms/x7/token'],
    ['a reference to a variable', '$(DB_PASSWORD)'],
    ['a slot', '${user.kX7.vLq2}'],
    ['a template of another tool', '{{ .Values.kX7vLq2 }}'],
    ['what stands in for one', 'changeme-kX7'],
    ['an example', 'example-kX7vLq2'],
    ['a hole', '<kX7-vLq2_fRw9>'],
    ['stars', '********'],
    ['a digest', `sha256:${hex(64)}`],
    ['an image', `registry.example.com/order@sha256:${hex(64)}`],
    ['a UUID', '123e4567-e89b-12d3-a456-426614174000'],
    ['a number', '123456789012'],
    ['a date', '2027-03-31'],
    ['a version', 'v2alpha1'],
    ['the name of a resource in a cloud', 'arn:aws:secretsmanager:eu-west-1:1:secret:db-kX7vLq'],
    ['what SOPS encrypted', 'ENC[AES256_GCM,data:kX7vLq2fRw9]'],
    ['a sentence', '"See the page kX7-vLq2_fRw9"'],
  ])('%s is none', (_, value) => {
    expect(secretsInText(`password: ${value}`)).toEqual([])
  })

  test.each([
    'SECRET_NAME',
    'passwordFile',
    'token_url',
    'TOKEN_ID',
    'secretKeyRef',
    'JWT_PUBLIC_KEY',
    'key',
    'monkey',
    'author',
    'passenger',
    'commit',
    'SECRET_ROTATION',
  ])('%s is no name of one', (name) => {
    expect(secretsInText(`${name}: kX7-vLq2_fRw9`)).toEqual([])
  })
})

describe('no text keeps it busy', () => {
  const size = 256 * 1024
  test.each([
    'a',
    ':',
    'a:',
    'password',
    'password=',
    'password: "',
    'token="\\',
    'a://b:',
    'https://a:b',
    '-----BEGIN PRIVATE KEY-----',
    '-----BEGIN ',
    'eyJaaaaaaaaaaaaaaa.',
    'xoxb-',
    'name: password\n',
    'ghp_aaaaaaaaa-',
    '[{"token": ',
  ])('%j, over and over', (part) => {
    const text = part.repeat(Math.ceil(size / part.length)).slice(0, size)
    const begun = process.cpuUsage()
    secretsInText(text)
    const { user, system } = process.cpuUsage(begun)
    expect((user + system) / 1000).toBeLessThan(1000)
  })
})
