/*
 * Loaded first by `node --import`: writes at exit to contacted.json each address that the process opened a connection to,
 * sent a datagram to or looked up, by whatever module. TLS, HTTP and fetch go through the sockets that are watched here.
 */
import dgram from 'node:dgram';
import dns from 'node:dns';
import { writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

const contacted = new Set();

watch(net.Socket.prototype, 'connect', ([first]) => {
  // net.connect passes its arguments on as one array, normalized.
  const options = Array.isArray(first) ? first[0] : first;
  contacted.add(`tcp ${options.path ?? `${options.host}:${options.port}`}`);
});
watch(dgram.Socket.prototype, 'send', ([, ...rest]) =>
  contacted.add(`udp ${rest.find(arg => typeof arg === 'string')}`),
);
for (const resolver of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype]) {
  const names = Object.getOwnPropertyNames(resolver).filter(name => /^(lookup|resolve)/.test(name));
  // Some lines of Node.js look up addresses as well, which asks nobody.
  for (const name of names) watch(resolver, name, ([host]) => net.isIP(host) === 0 && contacted.add(`dns ${host}`));
}
syncBuiltinESMExports();

process.on('exit', () => writeFileSync('contacted.json', JSON.stringify([...contacted])));

function watch(object, name, record) {
  const original = object[name];
  object[name] = function (...args) {
    record(args);
    return original.apply(this, args);
  };
}
