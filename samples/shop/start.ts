/**
 * `npm start`: a small shop, seen through Azure Monitor's tables, on this machine alone.
 *
 * Starts a local monitor, the processes of the shop and beside them three programs from OpenCensus, sends a few hundred
 * requests, and prints what arrived. In a terminal everything stays up until Ctrl-C; otherwise the exit code says whether
 * every table got its rows. Where APPLICATIONINSIGHTS_CONNECTION_STRING is set, the shop sends to that resource as well.
 */
import { AzureMonitorTraceExporter } from 'azure-monitor-bridge';
import { startLocalMonitor, type Row } from 'azure-monitor-local';
import { sendLoad } from './load.ts';
import { paint } from './paint.ts';
import { programRows, runPrograms, silentPrograms } from './programs.ts';
import { exceptions, rowsPerTable, slowestOperations, TABLES } from './report.ts';
import { Shop } from './shop.ts';
import { slowestCheckout } from './transaction.ts';
import { waterfall } from './waterfall.ts';

const LAST_INVOICE_MILLIS = 20_000;

const interrupted = new Promise<void>(resolve => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
});
const monitor = await startLocalMonitor();
const shop = new Shop(monitor.connectionString);
try {
  const front = await Promise.race([demonstrate(), interruption()]);
  if (process.stdout.isTTY) await stayOpen(front);
  await shop.close();
  checkRows();
} catch (error) {
  fail((error as Error).message);
} finally {
  await shop.close();
  await monitor.close();
}

/** Everything up to the report; gives the address of the shop. */
async function demonstrate(): Promise<string> {
  const azure = sendsToAzure();
  const [front] = await Promise.all([openShop(azure), runPrograms(monitor)]);
  await Promise.race([serveCustomers(front), shop.broken()]);
  showRows();
  sayHowToSendToAzure(azure);
  return front;
}

/** Whether the user's own resource gets the rows too. Throws what is wrong with its connection string. */
function sendsToAzure(): boolean {
  if ((process.env.APPLICATIONINSIGHTS_CONNECTION_STRING ?? '') === '') return false;
  void new AzureMonitorTraceExporter().shutdown();
  return true;
}

async function openShop(azure: boolean): Promise<string> {
  const copy = azure ? ' and to your Application Insights resource' : '';
  title(`A shop of five processes sends its telemetry to ${monitor.url}${copy}`);
  const front = await shop.open();
  for (const { name, pid, url } of shop.services) console.log(`  ${name.padEnd(8)}  pid ${pid}  ${url}`.trimEnd());
  return front;
}

async function serveCustomers(front: string): Promise<void> {
  const { requests, millis, ok, refused, failed, orders } = await sendLoad(front);
  const answers = `${ok} went well, ${refused} refused (4xx), ${failed} failed (5xx)`;
  console.log(`\n  ${requests} requests in ${(millis / 1000).toFixed(1)} s: ${answers}`);
  const isInvoice = ({ name }: Row<'customEvents'>): boolean => name === 'OrderInvoiced';
  await monitor.waitFor('customEvents', isInvoice, { count: orders, timeoutMillis: LAST_INVOICE_MILLIS });
  await shop.flush();
}

function showRows(): void {
  title('Three programs from OpenCensus, sent to the same place');
  console.log(programRows(monitor));
  title('Rows per table');
  console.log(rowsPerTable(monitor));
  title('Slowest operations');
  console.log(slowestOperations(monitor));
  title('Exceptions');
  console.log(exceptions(monitor));
  title('One transaction, end to end: the slowest checkout that went well');
  console.log(waterfall(monitor, slowestCheckout(monitor)));
}

function sayHowToSendToAzure(azure: boolean): void {
  title('The same in Azure');
  if (azure)
    return console.log('  It is on its way: see the Application map and Logs of your resource in a few minutes.');
  console.log(`  APPLICATIONINSIGHTS_CONNECTION_STRING="InstrumentationKey=…;IngestionEndpoint=…" npm start

  The connection string is on the Overview page of an Application Insights resource. The rows
  are in its Logs after a few minutes, and here as before.`);
}

/** Keeps everything up, and shows each request as its row arrives. */
async function stayOpen(front: string): Promise<void> {
  title('The shop stays open until Ctrl-C');
  console.log(`  Look in with:   curl ${front}/products`);
  console.log(`  Your own app:   APPLICATIONINSIGHTS_CONNECTION_STRING="${monitor.connectionString}"\n`);
  const silence = monitor.onRow(({ table, row }) => {
    if (table === 'requests')
      console.log(`  ${row.cloud_RoleName}  ${row.name}  ${row.resultCode}  ${row.duration.toFixed(1)} ms`);
  });
  await Promise.race([interrupted, shop.broken()]);
  silence();
  console.log('\n  Closing the shop.');
}

async function interruption(): Promise<never> {
  await interrupted;
  throw new Error('it was interrupted');
}

/** Fails the run when a table is empty, or when Azure would have refused or cut something. */
function checkRows(): void {
  const empty = TABLES.filter(table => monitor.rows(table).length === 0);
  if (empty.length > 0) fail(`no rows arrived in ${empty.join(', ')}`);
  const silent = silentPrograms(monitor);
  if (silent.length > 0) fail(`no rows arrived from ${silent.join(', ')}`);
  monitor.assertClean();
}

function title(text: string): void {
  console.log(`\n${paint('bold', text)}\n`);
}

function fail(reason: string): void {
  console.error(`\n${paint('red', 'The demonstration failed:')} ${reason}`);
  process.exitCode = 1;
}
