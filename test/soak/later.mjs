/* Preloaded, it lets a process live five minutes later than the others: for it, the claims of those that died have lapsed. */
const now = Date.now.bind(Date);
const AHEAD_MILLIS = 5 * 60 * 1000;

Date.now = () => now() + AHEAD_MILLIS;
