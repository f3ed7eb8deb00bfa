/* Goes to the network by each way Node.js has, to a port of loopback where nobody answers. */
import { createSocket } from 'node:dgram';
import { lookup, resolve4 } from 'node:dns';
import { resolve6 } from 'node:dns/promises';
import https from 'node:https';
import { connect } from 'node:net';

const port = Number(process.argv[2]);
const ignore = () => undefined;

connect(port, '127.0.0.1').on('error', ignore);
https.get(`https://127.0.0.2:${port}`).on('error', ignore);
fetch(`http://127.0.0.3:${port}`).catch(ignore);
lookup('localhost', ignore);
resolve4('one.invalid', ignore);
resolve6('two.invalid').catch(ignore);
const socket = createSocket('udp4');
socket.send('x', port, '127.0.0.4', () => socket.close());
