import { describe, expect, test } from 'vitest'
import { failureOf, resultOf } from './sample.ts'

// What Kubernetes' pages on CEL show of its library, told with other values.

describe('lists', () => {
  test.each([
    ['[1, 2, 2].isSorted()', true],
    ['["b", "a"].isSorted()', false],
    ['[].isSorted()', true],
    ['[1, 2, 4].sum()', 7],
    ['[0.5, 0.25].sum()', 0.75],
    ['[quantity("1Gi"), quantity("512Mi")].sum()', '1536Mi'],
    ['dyn([1, 2]).sum()', 3],
    ['[4, 1, 3].min()', 1],
    ['["a", "c", "b"].max()', 'c'],
    ['dyn([2.5, 1.5]).min()', 1.5],
    ['["a", "b", "a"].indexOf("a")', 0],
    ['["a", "b", "a"].lastIndexOf("a")', 2],
    ['["a"].indexOf("z")', -1],
    ['dyn([[1], [2]]).indexOf([2])', 1],
    ['"banana".lastIndexOf("an")', 3],
    ['[1, 2, 3, 4].slice(1, 3)', [2, 3]],
    ['[[1], [2, 3]].flatten()', [1, 2, 3]],
    ['[[1, [2]]].flatten(2)', [1, 2]],
    ['["b", "a", "b"].distinct()', ['b', 'a']],
    ['dyn([1, 1.0]).distinct()', [1]],
    ['["b", "c", "a"].sort()', ['a', 'b', 'c']],
    ['["\u{1F600}", "\uFFFD"].sort()', ['\uFFFD', '\u{1F600}']],
  ])('%s', (expression, expected) => expect(resultOf(expression)).toEqual(expected))

  test.each([
    ['[].max()', 'max() of an empty list'],
    ['dyn([1, "a"]).sum()', 'only numbers of one kind, and quantities, have a sum'],
    ['[1].slice(0, 2)', 'there is no slice(0, 2) of a list of 1'],
    [
      'dyn([1, "a"]).sort()',
      'only numbers, texts, truth values and quantities of one kind have an order',
    ],
    ['[9223372036854775807, 1].sum()', 'the result is too large for a whole number'],
  ])('%s fails', (expression, message) => expect(failureOf(expression)).toContain(`: ${message}`))
})

describe('sets', () => {
  test.each([
    ['sets.contains(["a", "b"], ["b"])', true],
    ['sets.contains(["a"], ["a", "b"])', false],
    ['sets.contains(["a"], [])', true],
    ['sets.equivalent(["a", "b", "a"], ["b", "a"])', true],
    ['sets.intersects([1, 2], [2, 3])', true],
    ['sets.intersects([1], [])', false],
    ['sets.contains(dyn([1, 2]), [2.0])', true],
  ])('%s', (expression, expected) => expect(resultOf(expression)).toEqual(expected))
})

describe('texts', () => {
  test.each([
    ['"shop-v12-rc3".find("[0-9]+")', '12'],
    ['"shop".find("[0-9]+")', ''],
    ['"1 and 22 and 333".findAll("[0-9]+")', ['1', '22', '333']],
    ['"1 and 22 and 333".findAll("[0-9]+", 2)', ['1', '22']],
    ['"1 and 22".findAll("[0-9]+", -1)', ['1', '22']],
    ['"%s has %d of %d".format(["shop", 3, 4])', 'shop has 3 of 4'],
    ['"%.2f %f".format([1.005, 2])', '1.00 2.000000'],
    ['"%e".format([1234.5])', '1.234500e+03'],
    ['"%b %o %x %X %x".format([5, 8, 255, 255, "hi"])', '101 10 ff FF 6869'],
    [
      '"%s %s %s".format([["a", 1], {"b": true, "a": 2.5}, dyn(null)])',
      '[a, 1] {a: 2.5, b: true} null',
    ],
    ['"100%%".format([])', '100%'],
    ['"%s".format([quantity("1024Mi")])', '1Gi'],
    [String.raw`strings.quote("a\"b\nc")`, String.raw`"a\"b\nc"`],
  ])('%s', (expression, expected) => expect(resultOf(expression)).toEqual(expected))

  test.each([
    ['"%d".format(["x"])', '%d takes a whole number'],
    ['"%s %s".format(["x"])', 'format has no value for the "%s" in place 2'],
    ['"%q".format(["x"])', '"%q" is nothing that format knows'],
  ])('%s fails', (expression, message) => expect(failureOf(expression)).toContain(`: ${message}`))
})

describe('quantities', () => {
  test.each([
    ['quantity("-1").sign()', -1],
    ['quantity("0").sign()', 0],
    ['quantity("50M").sign()', 1],
    ['quantity("50k").add(20).asInteger()', 50020],
    ['quantity("50M").compareTo(quantity("0.05G"))', 0],
  ])('%s', (expression, expected) => expect(resultOf(expression)).toEqual(expected))
})

describe('numbers', () => {
  test.each([
    ['math.greatest([3, 1, 2])', 3],
    ['math.least([0.5, 0.25])', 0.25],
    ['math.abs(-3)', 3],
    ['math.abs(-1.5)', 1.5],
    ['math.ceil(1.2)', 2],
    ['math.floor(-1.2)', -2],
    ['math.round(-1.5)', -2],
    ['math.trunc(-1.9)', -1],
    ['math.sign(-7)', -1],
  ])('%s', (expression, expected) => expect(resultOf(expression)).toEqual(expected))
})

describe('URLs', () => {
  test.each([
    ['isURL("https://shop.example.com:8443/a?b=c")', true],
    ['isURL("/healthz")', true],
    ['isURL("healthz/live")', false],
    ['isURL("http://a b/")', false],
    ['url("https://user@shop.example.com:8443/").getHost()', 'shop.example.com:8443'],
    ['url("https://shop.example.com:8443/").getHostname()', 'shop.example.com'],
    ['url("https://[::1]:80/").getHostname()', '::1'],
    ['url("https://[::1]:80/").getHost()', '[::1]:80'],
    ['url("https://shop.example.com/").getPort()', ''],
    ['url("https://shop.example.com:8443/").getPort()', '8443'],
    ['url("HTTPS://shop.example.com/").getScheme()', 'https'],
    ['url("/only/a/path").getScheme()', ''],
    ['url("/only/a/path").getHost()', ''],
    ['url("https://shop.example.com/a%20b/").getEscapedPath()', '/a%20b/'],
    ['url("https://shop.example.com").getEscapedPath()', ''],
    ['url("https://h/?a=1&b=2&a=x%20y").getQuery()', { a: ['1', 'x y'], b: ['2'] }],
    ['url("https://h/").getQuery()', {}],
  ])('%s', (expression, expected) => expect(resultOf(expression)).toEqual(expected))
})

describe('addresses', () => {
  test.each([
    ['isIP("10.0.0.1")', true],
    ['isIP("2001:db8::1")', true],
    ['isIP("10.0.0.01")', false],
    ['isIP("10.1")', false],
    ['isIP("fe80::1%eth0")', false],
    ['isIP("::ffff:10.0.0.1")', false],
    ['ip("10.0.0.1").family()', 4],
    ['ip("::1").family()', 6],
    ['ip("10.0.0.1") == ip("10.0.0.1")', true],
    ['ip("2001:db8:0::1") == ip("2001:db8::1")', true],
    ['ip.isCanonical("10.0.0.1")', true],
    ['ip.isCanonical("2001:DB8::1")', false],
    ['string(ip("2001:DB8::1"))', '2001:db8::1'],
    ['ip("0.0.0.0").isUnspecified()', true],
    ['ip("0.0.0.1").isUnspecified()', false],
    ['ip("127.0.0.9").isLoopback()', true],
    ['ip("224.0.0.5").isLinkLocalMulticast()', true],
    ['ip("224.0.1.5").isLinkLocalMulticast()', false],
    ['ip("ff02::5").isLinkLocalMulticast()', true],
    ['ip("169.254.1.1").isLinkLocalUnicast()', true],
    ['ip("10.0.0.1").isGlobalUnicast()', true],
    ['ip("255.255.255.255").isGlobalUnicast()', false],
    ['isCIDR("10.0.0.0/8")', true],
    ['isCIDR("10.0.0.0/33")', false],
    ['isCIDR("10.0.0.0/08")', false],
    ['cidr("10.0.0.0/8").containsIP("10.200.0.1")', true],
    ['cidr("10.0.0.0/8").containsIP(ip("11.0.0.1"))', false],
    ['cidr("::/0").containsIP("10.0.0.1")', false],
    ['cidr("10.0.0.0/8").containsCIDR("10.1.0.0/16")', true],
    ['cidr("10.1.0.0/16").containsCIDR(cidr("10.0.0.0/8"))', false],
    ['cidr("10.1.2.3/20").masked() == cidr("10.1.0.0/20")', true],
    ['string(cidr("2001:db8::ff/32").masked())', '2001:db8::/32'],
    ['cidr("10.1.2.3/16").ip() == ip("10.1.2.3")', true],
    ['cidr("10.1.2.3/16").prefixLength()', 16],
  ])('%s', (expression, expected) => expect(resultOf(expression)).toEqual(expected))

  test('what is no address fails', () => {
    expect(failureOf('ip("10.0.0.256").family()')).toContain('"10.0.0.256" is no IP address')
  })
})

describe('versions', () => {
  test.each([
    ['isSemver("1.2.3-rc.1+7")', true],
    ['isSemver("v1.2.3")', false],
    ['isSemver("1.2")', false],
    ['isSemver("v1.02", true)', true],
    ['semver("v1.02", true).compareTo(semver("1.2.0"))', 0],
    ['semver("1.2.3").major() + semver("1.2.3").minor() * semver("1.2.3").patch()', 7],
    ['semver("1.10.0").isGreaterThan(semver("1.9.9"))', true],
    ['semver("1.0.0-rc.1").isLessThan(semver("1.0.0"))', true],
  ])('%s', (expression, expected) => expect(resultOf(expression)).toEqual(expected))
})
