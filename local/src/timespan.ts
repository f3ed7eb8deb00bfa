const TIME_SPAN = /^(-)?(?:(\d{1,8})\.)?(\d{1,2}):(\d{2}):(\d{2})(\.\d{1,7})?$/;

/**
 * The milliseconds a .NET TimeSpan stands for, written `[-][d.]hh:mm:ss[.fffffff]`, or undefined where it is none.
 *
 * Hours are below 24, minutes and seconds below 60: `00:00:60.000` is no TimeSpan.
 */
export function parseTimeSpan(text: string): number | undefined {
  const match = TIME_SPAN.exec(text);
  if (match === null) return undefined;
  const [, sign, days = '0', hours, minutes, seconds, fraction = '.0'] = match;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const wholeSeconds = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
  const millis = wholeSeconds * 1000 + Number(`${fraction}e3`);
  return sign === '-' ? -millis : millis;
}
