/** What stands where the host of a URL may: as far as that reaches, and somewhat further. */
const AUTHORITY = /[^/?#\s"'<>`]*/y;
const AUTHORITY_AND_MORE = /[^\s"'<>`]{0,256}/y;
/** `user:p` of `user:p/ss@host`: what stands after the colon is no port, so it is a password that was not encoded. */
const UNENCODED_PASSWORD = /^[^:[\]]*:(?!\d*$)/;

/**
 * User and password before a host that no scheme announces: `user/password` of Oracle, whose host is known by the
 * driver before it, or by two slashes or a port; `user:password` of Go's drivers for MySQL.
 * https://docs.oracle.com/en/database/oracle/oracle-database/23/jjdbc/data-sources-and-URLs.html
 * https://github.com/go-sql-driver/mysql#dsn-data-source-name
 */
const BARE_USER_INFO: readonly RegExp[] = [
  /@(?<=(?:oracle:\w{1,10}:|sqlplus )([\w$#-]{1,128}\/[^\s/@"']{1,128})@)/gi,
  /@(?=\/\/|[\w.-]{1,253}:\d{2,5}(?!\w))(?<=(?:^|[^\w$#./@-])([\w$#-]{1,128}\/[^\s/@"']{1,128})@)/g,
  /@(?=(?:tcp|unix)\()(?<=(?:^|[^\w.-])([\w.-]{1,128}:[^\s"']{1,256})@)/g,
];

/** A text without the user info of the URLs in it, and without what databases write in its place. */
export function withoutUserInfo(text: string): string {
  return text.includes('@') ? withoutBareUserInfo(withoutPlainUserInfo(text)) : text;
}

/** A text that was cut, without a URL at its end of which not even the host is whole: that may be user info. */
export function withoutUnfinishedHost(text: string): string {
  const start = text.lastIndexOf('://') + 3;
  return start < 3 || /[/?#\s"'<>]/.test(text.slice(start)) ? text : text.slice(0, start);
}

function withoutPlainUserInfo(text: string): string {
  let plain = '';
  let done = 0;
  for (let at = text.indexOf('//'); at !== -1; at = text.indexOf('//', done)) {
    plain += text.slice(done, at + 2);
    done = startOfHost(text, at + 2, text.charAt(at - 1) === ':');
  }
  return plain + text.slice(done);
}

/** Where the host begins in what follows two slashes: behind the user info. Without a scheme that must hold a colon. */
function startOfHost(text: string, start: number, hasScheme: boolean): number {
  const authority = matchAt(AUTHORITY, text, start);
  const end = authority.lastIndexOf('@');
  if (end !== -1) return hasScheme || authority.slice(0, end).includes(':') ? start + end + 1 : start;
  if (!UNENCODED_PASSWORD.test(authority)) return start;
  return start + matchAt(AUTHORITY_AND_MORE, text, start).lastIndexOf('@') + 1;
}

function matchAt(shape: RegExp, text: string, start: number): string {
  shape.lastIndex = start;
  return shape.exec(text)?.[0] ?? '';
}

function withoutBareUserInfo(text: string): string {
  let plain = text;
  for (const shape of BARE_USER_INFO) plain = withoutWhatIsBefore(shape, plain);
  return plain;
}

/** What the shape finds stays; what its group holds stands before it, and goes. */
function withoutWhatIsBefore(shape: RegExp, text: string): string {
  let plain = '';
  let done = 0;
  for (const { index, 1: userInfo = '' } of text.matchAll(shape)) {
    plain += text.slice(done, Math.max(done, index - userInfo.length));
    done = index;
  }
  return plain + text.slice(done);
}
